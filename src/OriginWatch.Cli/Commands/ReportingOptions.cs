using System.CommandLine;
using OriginWatch.Rules;

namespace OriginWatch.Cli.Commands;

/// <summary>How a scan is reported, and when it ends with 3.</summary>
internal sealed class ReportingOptions
{
    public Option<string?> Format { get; } = new("--format") { Description = "How the report is written", HelpName = "FORMAT" };

    public Option<FileInfo[]> Output { get; } = new("--output") { Description = "Write the report to FILE too; may be given several times, the format follows the name unless --format says", HelpName = "FILE" };

    public Option<FailOn> FailOn { get; } = new("--fail-on")
    {
        Description = "End with 3 for findings of this severity or above: critical, high, medium, low, informational, none",
        HelpName = "SEVERITY",
        DefaultValueFactory = _ => new(Severity.High),
        CustomParser = OptionParsers.FailOn,
    };

    public Option<FileInfo?> Baseline { get; } = new("--baseline") { Description = "Compare with this earlier JSON report: only findings that it did not have end with 3", HelpName = "REPORT.json" };

    public Option<bool> ChangedOnly { get; } = new("--changed-only") { Description = "Report only findings that the baseline, or the last run in --history, did not have" };

    public Option<DirectoryInfo?> History { get; } = new("--history") { Description = "Remember runs in this folder: what is new, what is resolved, what answered before", HelpName = "FOLDER" };

    public Option<FileInfo?> Suppressions { get; } = new("--suppressions") { Description = "Findings that somebody has accepted, with reason, owner and expiry (YAML)", HelpName = "FILE" };

    public Option<bool> Verbose { get; } = new("--verbose") { Description = "Also list what is only worth knowing, and every origin of a cause" };

    public void AddTo(Command command)
    {
        command.Validators.Add(result =>
        {
            if (result.GetValue(ChangedOnly) && result.GetValue(Baseline) is null && result.GetValue(History) is null)
            {
                result.AddError("--changed-only needs something to compare with: give --baseline REPORT.json or --history FOLDER.");
            }
        });
        Format.AcceptOnlyFromAmong([.. Reports.Formats]);
        foreach (var option in new Option[] { Format, Output, FailOn, Baseline, ChangedOnly, History, Suppressions, Verbose })
        {
            command.Add(option);
        }
    }
}
