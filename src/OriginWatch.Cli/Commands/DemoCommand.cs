using System.CommandLine;
using OriginWatch.Audit;
using OriginWatch.Reporting;
using OriginWatch.SelfTest;

namespace OriginWatch.Cli.Commands;

/// <summary><c>originwatch demo</c>: the main job on servers of its own, with no account and no network.</summary>
internal sealed class DemoCommand
{
    private const string DefaultFolder = "originwatch-demo";

    private readonly Option<DirectoryInfo> _output = new("--output", "-o")
    {
        Description = "The folder for report.json and report.html",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => new DirectoryInfo(DefaultFolder),
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No progress on stderr" };

    public Command Create()
    {
        var command = new Command(
            "demo",
            "Scan loopback servers with known faults; needs neither an account nor a network. Example: originwatch demo"
        )
        {
            _output,
            _quiet,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        using var display = new RunDisplay(error, parsed.GetValue(_quiet));
        using var interrupt = new Interrupt(display.Interrupted, cancellationToken);
        var report = await display.RunAsync(progress =>
            new DemoAudit(TimeProvider.System).RunAsync(progress, interrupt.Token, CancellationToken.None)
        );
        var terminal = new Terminal(output, noColor: false);
        terminal.Write(
            TextReport.Render(
                report,
                new ReportOptions
                {
                    Width = terminal.Width,
                    Program = Invocation.Program,
                    ExplainCommand = null,
                }
            )
        );
        await WriteAsync(report, parsed.GetRequiredValue(_output), output);

        if (!report.Run.Complete)
        {
            return ExitCode.Incomplete;
        }

        var surprises = DemoAudit.Surprises(report);
        foreach (var surprise in surprises)
        {
            await error.WriteLineAsync($"originwatch: not as expected: {surprise}");
        }

        return surprises.Count == 0 ? ExitCode.Clean : ExitCode.CouldNotDoTheJob;
    }

    private static async Task WriteAsync(AuditReport report, DirectoryInfo folder, TextWriter output)
    {
        List<FileInfo> files = [new(Path.Combine(folder.FullName, "report.json")), new(Path.Combine(folder.FullName, "report.html"))];
        folder.Create();
        foreach (var file in files)
        {
            await Reports.WriteAsync(report, file, ReportOptions.Default with { ExplainCommand = null }, CancellationToken.None);
        }

        await output.WriteLineAsync(
            $"""

            These origins were servers of this program on loopback; nothing left this machine.
            The same report as a page and as data:
              {string.Join("\n  ", files.Select(file => file.FullName))}

            Against a real account:
              aws cloudfront list-distributions > distributions.json
              {Invocation.Program} scan --inventory distributions.json
            """
        );
    }
}
