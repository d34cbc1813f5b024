using System.CommandLine;
using OriginWatch.Audit;
using OriginWatch.Rules;

namespace OriginWatch.Cli.Commands;

/// <summary>When a command that judges ends with 3.</summary>
internal sealed class VerdictOptions
{
    public Option<FailOn?> FailOn { get; } =
        new("--fail-on", "-f")
        {
            Description = "Exit with 3 for findings of this severity or above: critical, high (default), medium, low, informational, none",
            HelpName = "SEVERITY",
            CustomParser = OptionParsers.FailOn,
        };

    public Option<bool> FailOnUndetermined { get; } =
        new("--fail-on-undetermined") { Description = "Exit with 3 as well when an origin could not be evaluated" };

    public Option<bool> Verbose { get; } =
        new("--verbose", "-v") { Description = "Also list informational findings, every origin of a cause, and rules that pass" };

    public void AddTo(Command command)
    {
        FailOn.CompletionSources.Add("critical", "high", "medium", "low", "informational", "none");
        command.Add(FailOn);
        command.Add(FailOnUndetermined);
        command.Add(Verbose);
    }

    /// <param name="parsed">What the operator wants.</param>
    /// <param name="report">As it is told.</param>
    /// <param name="options">What is suppressed; with a baseline only what is new counts.</param>
    public int CodeOf(ParseResult parsed, AuditReport report, ReportOptions options)
    {
        var failOn = parsed.GetValue(FailOn) ?? new FailOn(Severity.High);
        var counted = report.Findings.Where(finding => options.SuppressedBecause(finding) is null && options.IsNew(finding) is not false);
        var failing = counted.Any(finding =>
            finding.Status == FindingStatus.Fail && failOn.Bound is { } bound && finding.Severity >= bound
        );
        var unknown = parsed.GetValue(FailOnUndetermined) && report.Origins.Any(origin => origin.Verdict == OriginVerdict.Undetermined);
        return failing || unknown ? ExitCode.Findings
            : report.Run.Complete ? ExitCode.Clean
            : ExitCode.Incomplete;
    }
}
