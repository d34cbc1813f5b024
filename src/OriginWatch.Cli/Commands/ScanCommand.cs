using System.CommandLine;
using OriginWatch.Inventory;
using OriginWatch.Reporting;

namespace OriginWatch.Cli.Commands;

/// <summary><c>originwatch scan</c>: audits every origin of a listing.</summary>
internal sealed class ScanCommand
{
    private readonly ScanOptions _options = new();

    public Command Create()
    {
        var command = new Command("scan", "Probe every origin as CloudFront would, and report. Example: originwatch scan --inventory distributions.json");
        _options.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        using var interrupt = new Interrupt(error, cancellationToken);
        using var setup = new AuditSetup(_options, parsed);
        using var progress = new ConsoleProgress(error, enabled: !parsed.GetValue(_options.Quiet) && !Console.IsErrorRedirected);
        var report = await setup.Audit.RunAsync(Source(parsed), progress, interrupt.Token, CancellationToken.None);
        progress.Clear();

        var format = parsed.GetValue(_options.Format);
        await output.WriteAsync(Reports.Render(report, format ?? "text"));
        foreach (var file in parsed.GetValue(_options.Output) ?? [])
        {
            await Reports.WriteAsync(report, file, format, CancellationToken.None);
        }

        return CodeOf(report, parsed.GetRequiredValue(_options.FailOn));
    }

    private FileInventory Source(ParseResult parsed)
        => parsed.GetValue(_options.Inventory) is { } file
            ? new FileInventory(file.FullName)
            : throw new CommandException("scan needs --inventory FILE: save one with 'aws cloudfront list-distributions > distributions.json'.");

    private static int CodeOf(AuditReport report, FailOn failOn)
    {
        var failing = report.Findings.Any(finding => finding.Status == FindingStatus.Fail && failOn.Bound is { } bound && finding.Severity >= bound);
        return failing ? ExitCode.Findings : report.Run.Complete ? ExitCode.Clean : ExitCode.Incomplete;
    }
}
