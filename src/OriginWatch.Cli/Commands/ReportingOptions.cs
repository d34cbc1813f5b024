using System.CommandLine;

namespace OriginWatch.Cli.Commands;

/// <summary>How a scan is reported.</summary>
internal sealed class ReportingOptions
{
    public Option<string?> Format { get; } =
        new("--format")
        {
            Description =
                "How the report is written to standard output: text (default), json, html, markdown, csv, sarif, junit, prometheus or asff",
            HelpName = "FORMAT",
        };

    public Option<FileInfo[]> Output { get; } =
        new("--output", "-o")
        {
            Description = $"Write the report to FILE too, in the format of its name: {Reports.Extensions}; may be given several times",
            HelpName = "FILE",
        };

    public VerdictOptions Verdict { get; } = new();

    public Option<FileInfo?> Baseline { get; } =
        new("--baseline")
        {
            Description = "Compare with this earlier JSON report: only findings that it did not have exit with 3",
            HelpName = "REPORT.json",
        };

    public Option<bool> ChangedOnly { get; } =
        new("--changed-only") { Description = "List only findings that the baseline, or the last run in --history, did not have" };

    public Option<DirectoryInfo?> History { get; } =
        new("--history")
        {
            Description = "Remember runs in this folder: what is new, what is resolved, what answered before",
            HelpName = "FOLDER",
        };

    public Option<FileInfo?> Suppressions { get; } =
        new("--suppressions") { Description = "Accepted findings, each with reason, owner and expiry date (YAML)", HelpName = "FILE" };

    public Option<FileInfo?> Routes { get; } =
        new("--routes")
        {
            Description = "Check this routes file of the function (YAML), and say which route gets which distributions; nothing is mailed",
            HelpName = "FILE",
        };

    public void AddTo(Command command)
    {
        command.Validators.Add(result =>
        {
            if (
                result.GetResult(ChangedOnly) is { Implicit: false }
                && result.GetResult(Baseline) is null
                && result.GetResult(History) is null
            )
            {
                result.AddError("--changed-only needs something to compare with: give --baseline REPORT.json or --history FOLDER.");
            }
        });
        Output.Validators.Add(result =>
        {
            foreach (var problem in result.Tokens.Select(token => ProblemOf(token.Value)).OfType<string>())
            {
                result.AddError(problem);
            }
        });
        Format.AcceptOnlyFromAmong([.. Reports.Formats]);
        command.Add(Format);
        command.Add(Output);
        Verdict.AddTo(command);
        foreach (var option in new Option[] { Baseline, ChangedOnly, History, Suppressions, Routes })
        {
            command.Add(option);
        }
    }

    /// <summary>Found out before a scan of an hour, not after it.</summary>
    private static string? ProblemOf(string name)
    {
        var file = new FileInfo(name);
        return Directory.Exists(file.FullName)
                ? $"--output {name} is a folder: name a file in it, e.g. {Path.Combine(name, "report.html")}."
            : Reports.FormatOf(file.Name) is null ? $"--output {name}: the name must end in {Reports.Extensions}, which says the format."
            : file.Directory is { Exists: false } folder ? $"--output {name}: the folder {folder.FullName} does not exist. Create it first."
            : null;
    }
}
