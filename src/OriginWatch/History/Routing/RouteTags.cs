using System.Collections.Concurrent;
using OriginWatch.Audit;
using OriginWatch.Inventory;

namespace OriginWatch.History.Routing;

/// <summary>Asks for the tags on which a route depends, of the distributions that a mail may be about and of no others: each is a call of
/// its own. What routes need and nobody knows is said.</summary>
public static class RouteTags
{
    /// <summary>CloudFront's request rate is low and not published; a few at a time is quick enough.</summary>
    private const int AtOnce = 4;

    /// <summary>The mails are waiting.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private const string NobodyAsked = "the routes file did not ask for them when the run began. The next run reads them.";

    /// <summary>The routes with the tags that were read. The problem is one sentence; findings of a distribution without its tags stay with
    /// the topic that has them.</summary>
    /// <param name="start">Of the run.</param>
    /// <param name="report">What the run found.</param>
    /// <param name="read">Null where no tags can be read.</param>
    /// <param name="time">For the limit.</param>
    /// <param name="cancellationToken">Abandons the run.</param>
    public static Task<(RouteTable Routes, string? Problem)> ReadAsync(
        RunStart start,
        AuditReport report,
        ReadTags? read,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(report);
        return ReadAsync(start.Routes, Concerned(start, report), report.Run, read, Limit, time, cancellationToken);
    }

    /// <summary>What routes need and an earlier step did not read, one remark for each account.</summary>
    public static IReadOnlyList<string> Missing(RunStart start, AuditReport report)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(report);
        return
        [
            .. LostPaths(start.Routes, report.Run) is { } lost ? new[] { lost } : [],
            .. Wanted(start.Routes, Concerned(start, report), report.Run)
                .GroupBy(distribution => distribution.AccountId, StringComparer.Ordinal)
                .Select(own =>
                {
                    var reading = report.Run.Accounts.FirstOrDefault(account => account.Account.Id == own.Key);
                    var account = reading?.Account.ToString() ?? own.Key ?? "unknown";
                    return $"Account {account}: {Unread(own.Count(), reading?.TagsUnreadBecause ?? NobodyAsked)}";
                }),
        ];
    }

    /// <summary>The same for distributions that somebody chose, within a limit.</summary>
    public static async Task<(RouteTable Routes, string? Problem)> ReadAsync(
        RouteTable routes,
        IEnumerable<Distribution> distributions,
        RunFacts run,
        ReadTags? read,
        TimeSpan limit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(routes);
        var wanted = Wanted(routes, distributions, run);
        var lost = LostPaths(routes, run);
        if (wanted.Count == 0)
        {
            return (routes, lost);
        }

        var (found, fault) = read is null
            ? (new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal), "this inventory contains no tags.")
            : await ReadAsync(wanted, read, limit, time, cancellationToken);
        var unread = fault is null ? null : Unread(wanted.Count - found.Count, fault);
        return (
            routes with
            {
                Tags = found,
            },
            lost is null ? unread
            : unread is null ? lost
            : $"{lost} {unread}"
        );
    }

    /// <summary>The tags by distribution id, and what went wrong; null where nothing did. The first fault ends it: it is most likely that
    /// of all.</summary>
    public static async Task<(IReadOnlyDictionary<string, IReadOnlyList<string>> Found, string? Fault)> ReadAsync(
        IReadOnlyList<Distribution> wanted,
        ReadTags read,
        TimeSpan limit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var found = new ConcurrentDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var fault = await ReadAllAsync(wanted, read, found, limit, time, cancellationToken);
        return (found.ToDictionary(StringComparer.Ordinal), fault);
    }

    /// <summary>Those that a mail may be about.</summary>
    private static IEnumerable<Distribution> Concerned(RunStart start, AuditReport report)
    {
        var concerned = report
            .Findings.Select(finding => finding.DistributionId)
            .Concat(start.Previous?.Findings.Select(finding => finding.DistributionId) ?? [])
            .ToHashSet(StringComparer.Ordinal);
        return report.Origins.Select(origin => origin.Planned.Distribution).Where(distribution => concerned.Contains(distribution.Id));
    }

    private static List<Distribution> Wanted(RouteTable routes, IEnumerable<Distribution> distributions, RunFacts run) =>
        [
            .. distributions
                .DistinctBy(distribution => distribution.Id, StringComparer.Ordinal)
                .Where(distribution => routes.NeedsTagsOf(distribution, run)),
        ];

    private static string? LostPaths(RouteTable routes, RunFacts run) =>
        routes.NeedsPaths && run.Accounts.All(account => account.Account.Path is null)
            ? "The accounts' paths in the organization are not known, so no route was chosen by them: "
                + "they are read in a scan of the organization."
            : null;

    private static string Unread(int missing, string fault) =>
        $"The tags of {missing} {(missing == 1 ? "distribution" : "distributions")} could not be read, "
        + $"so no route was chosen by them: {fault}";

    private static async Task<string?> ReadAllAsync(
        IReadOnlyList<Distribution> wanted,
        ReadTags read,
        ConcurrentDictionary<string, IReadOnlyList<string>> found,
        TimeSpan limit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await Parallel.ForEachAsync(
                wanted,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = either.Token },
                async (distribution, token) => found[distribution.Id] = await read(distribution, token)
            );
            return null;
        }
        catch (InventoryException exception)
        {
            return exception.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"CloudFront did not answer within {limit.TotalSeconds:0} s.";
        }
    }
}
