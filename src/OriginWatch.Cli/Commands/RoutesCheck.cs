using System.CommandLine;
using OriginWatch.Audit;
using OriginWatch.History.Routing;
using OriginWatch.Inventory;

namespace OriginWatch.Cli.Commands;

/// <summary><c>scan --routes</c>: whether the function would understand the file, and which route would get what. Nothing is
/// mailed.</summary>
internal sealed class RoutesCheck
{
    /// <summary>A person waits longer than a mail may.</summary>
    private static readonly TimeSpan TagLimit = TimeSpan.FromMinutes(10);

    private readonly RouteTable _routes;

    private RoutesCheck(RouteTable routes) => _routes = routes;

    /// <summary>True where the accounts' paths must be asked for.</summary>
    public bool NeedsPaths => _routes.NeedsPaths;

    /// <summary>Null where no file was given; found out before a scan of an hour, not after it.</summary>
    /// <exception cref="CommandException">The function would ignore it.</exception>
    public static async Task<RoutesCheck?> ReadAsync(ReportingOptions options, ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(options.Routes) is not { } file)
        {
            return null;
        }

        var routes = RouteFile.Parse(await InputFile.ReadAsync("--routes", file.FullName, RouteFile.MaxBytes, cancellationToken));
        return routes.Fault is { } fault
            ? throw new CommandException($"--routes {file}: {fault}. Correct it: the function would ignore the whole file.")
            : new(routes);
    }

    /// <summary>One line for each route in the file's order, and one for the default topic.</summary>
    public async Task<IReadOnlyList<string>> ExplainAsync(AuditReport report, ReadTags? tags, CancellationToken cancellationToken)
    {
        var distributions = report
            .Origins.Select(origin => origin.Planned.Distribution)
            .DistinctBy(distribution => distribution.Id, StringComparer.Ordinal)
            .ToList();
        var (routes, problem) = await RouteTags.ReadAsync(
            _routes,
            distributions,
            report.Run,
            tags,
            TagLimit,
            TimeProvider.System,
            cancellationToken
        );
        var taken = distributions.ToLookup(distribution => routes.RouteOf(distribution, report.Run)?.Line ?? 0);
        var failing = report
            .Findings.Where(finding => finding.Status == FindingStatus.Fail)
            .Select(finding => finding.DistributionId)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. problem is null ? [] : new[] { problem },
            .. routes.Routes.Select(route => $"route {route} gets {Share(taken[route.Line])}, at {route.Topic ?? "the default topic"}"),
            taken.Contains(0)
                ? $"the default topic gets {Share(taken[0])} that no route takes"
                : "the default topic gets no distribution: each has a route",
        ];

        string Share(IEnumerable<Distribution> own) =>
            own.ToList() is { Count: > 0 } some
                ? $"{some.Count} {(some.Count == 1 ? "distribution" : "distributions")} "
                    + $"({some.Count(distribution => failing.Contains(distribution.Id))} with findings)"
                : "no distribution";
    }
}
