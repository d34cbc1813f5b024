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

    public Option<bool> Verbose { get; } = new("--verbose") { Description = "Also list what is only worth knowing, and every origin of a cause" };

    public void AddTo(Command command)
    {
        Format.AcceptOnlyFromAmong([.. Reports.Formats]);
        foreach (var option in new Option[] { Format, Output, FailOn, Verbose })
        {
            command.Add(option);
        }
    }
}
