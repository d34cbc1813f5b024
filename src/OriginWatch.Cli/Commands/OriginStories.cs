using System.CommandLine;
using OriginWatch.Audit;
using OriginWatch.Inventory;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Targets;

namespace OriginWatch.Cli.Commands;

/// <summary>Audits a small inventory and tells the story of its origins, for a person or for a script.</summary>
internal sealed class OriginStories
{
    private readonly Option<string?> _format = new("--format") { Description = "text (default) or json", HelpName = "FORMAT" };
    private readonly VerdictOptions _verdict = new();

    public ConnectionOptions Connection { get; } = new();

    public void AddTo(Command command)
    {
        _format.AcceptOnlyFromAmong(Reports.Text, Reports.Json);
        command.Add(_format);
        _verdict.AddTo(command);
        Connection.AddTo(command);
    }

    /// <param name="parsed">What the operator asked for.</param>
    /// <param name="inventory">The distributions to audit.</param>
    /// <param name="isAskedFor">Which of their origins to tell of.</param>
    /// <param name="isHost">True where the only origin is a host of its own: what is said of distributions is left out.</param>
    /// <param name="traffic">Asks what CloudFront counted; null where the operator did not ask for it.</param>
    /// <param name="cancellationToken">Ends the probing.</param>
    public async Task<int> RunAsync(
        ParseResult parsed,
        IInventorySource inventory,
        Func<PlannedOrigin, bool> isAskedFor,
        bool isHost,
        Func<IReadOnlyList<string>, CancellationToken, Task<TrafficReading>>? traffic,
        CancellationToken cancellationToken
    )
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        using var display = new RunDisplay(error, parsed.GetValue(Connection.Quiet), isHost ? ProgressText.Starting : ProgressText.Listing);
        using var interrupt = new Interrupt(display.Interrupted, cancellationToken);
        using var setup = new AuditSetup(Connection, parsed, traffic: traffic, hosts: isHost);
        var report = Narrow(
            await display.RunAsync(progress => setup.Audit.RunAsync(inventory, progress, interrupt.Token, CancellationToken.None)),
            isAskedFor,
            isHost
        );
        var terminal = new Terminal(output, parsed.GetValue(Connection.NoColor));
        var options = new ReportOptions
        {
            Width = terminal.Width,
            Verbose = parsed.GetValue(_verdict.Verbose),
            IsHostAlone = isHost,
            Program = Invocation.Program,
            ExplainCommand = null,
        };
        if (parsed.GetValue(_format) == Reports.Json)
        {
            await output.WriteAsync(Reports.Render(report, Reports.Json, options));
        }
        else
        {
            terminal.Write(ExplainReport.Render(report, options));
        }

        return _verdict.CodeOf(parsed, report, options);
    }

    /// <summary>Totals follow: a report says nothing of origins that it does not show.</summary>
    private static AuditReport Narrow(AuditReport report, Func<PlannedOrigin, bool> isAskedFor, bool isHost)
    {
        var origins = report.Origins.Where(origin => isAskedFor(origin.Planned)).ToList();
        var keys = origins.Select(origin => (origin.Planned.Distribution.Id, origin.Planned.Origin.Id)).ToHashSet();
        var findings = report
            .Findings.Where(finding =>
                keys.Contains((finding.DistributionId, finding.OriginId)) && !(isHost && ExplainReport.IsAboutDistribution(finding.Rule))
            )
            .ToList();
        return report with
        {
            Origins = origins,
            Findings = findings,
            Totals = report.Totals with
            {
                Distributions = isHost ? 0 : origins.DistinctBy(origin => origin.Planned.Distribution.Id, StringComparer.Ordinal).Count(),
                Origins = origins.Count,
                Targets = origins.SelectMany(origin => origin.Observation.Targets).Select(target => target.Name.Target).Distinct().Count(),
                BySeverity = Enum.GetValues<Severity>()
                    .ToDictionary(
                        severity => severity,
                        severity => findings.Count(finding => finding.Status == FindingStatus.Fail && finding.Severity == severity)
                    ),
                Undetermined = findings.Count(finding => finding.Status == FindingStatus.Undetermined),
                ByVerdict = Enum.GetValues<OriginVerdict>()
                    .ToDictionary(verdict => verdict, verdict => origins.Count(origin => origin.Verdict == verdict)),
            },
        };
    }
}
