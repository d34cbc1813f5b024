using System.CommandLine;
using OriginWatch.Reporting;

namespace OriginWatch.Cli.Commands;

/// <summary><c>originwatch scan</c>: audits every origin of a listing.</summary>
internal sealed class ScanCommand
{
    private readonly InventoryOptions _inventory = new();
    private readonly ConnectionOptions _connection = new();
    private readonly ReportingOptions _reporting = new();

    public Command Create()
    {
        var command = new Command("scan", "Probe every origin as CloudFront would, and report. Examples: originwatch scan; originwatch scan --inventory distributions.json");
        _inventory.AddTo(command);
        _connection.AddTo(command);
        _reporting.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        using var interrupt = new Interrupt(error, cancellationToken);
        using var setup = new AuditSetup(_connection, parsed);
        using var source = new InventoryChoice(_inventory, parsed);
        var report = await new RunDisplay(error, parsed.GetValue(_connection.Quiet)).RunAsync(progress => setup.Audit.RunAsync(source.Inventory, progress, interrupt.Token, CancellationToken.None));

        var terminal = new Terminal(output, parsed.GetValue(_connection.NoColor));
        var options = new ReportOptions { Verbose = parsed.GetValue(_reporting.Verbose), Width = terminal.Width };
        var format = parsed.GetValue(_reporting.Format);
        if (format is null or Reports.Text)
        {
            terminal.Write(TextReport.Render(report, options));
        }
        else
        {
            await output.WriteAsync(Reports.Render(report, format, options));
        }

        foreach (var file in parsed.GetValue(_reporting.Output) ?? [])
        {
            await Reports.WriteAsync(report, file, format, options, CancellationToken.None);
        }

        return CodeOf(report, parsed.GetRequiredValue(_reporting.FailOn));
    }

    private static int CodeOf(AuditReport report, FailOn failOn)
    {
        var failing = report.Findings.Any(finding => finding.Status == FindingStatus.Fail && failOn.Bound is { } bound && finding.Severity >= bound);
        return failing ? ExitCode.Findings : report.Run.Complete ? ExitCode.Clean : ExitCode.Incomplete;
    }
}
