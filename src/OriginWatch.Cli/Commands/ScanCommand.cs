using System.CommandLine;
using OriginWatch.Audit;
using OriginWatch.Reporting;
using OriginWatch.Text;

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
        using var display = new RunDisplay(error, parsed.GetValue(_connection.Quiet));
        using var interrupt = new Interrupt(display.Interrupted, cancellationToken);
        var memory = new RunMemory(_reporting, parsed);
        var prior = await memory.BeginAsync(cancellationToken);
        using var setup = new AuditSetup(_connection, parsed, prior);
        using var source = new InventoryChoice(_inventory, parsed);
        var audited = await display.RunAsync(progress => setup.Audit.RunAsync(source.Inventory, progress, interrupt.Token, CancellationToken.None));

        var terminal = new Terminal(output, parsed.GetValue(_connection.NoColor));
        var (report, options, notices) = await memory.FinishAsync(audited, Options(parsed, terminal), CancellationToken.None);
        foreach (var notice in notices)
        {
            await error.WriteLineAsync($"originwatch: {Escape.Text(notice)}");
        }

        var shown = parsed.GetValue(_reporting.ChangedOnly) && options.Baseline is { } baseline ? ReportDiff.OnlyNew(report, baseline) : report;
        await PrintAsync(shown, options, terminal, output, parsed);
        var onlyNew = parsed.GetValue(_reporting.Baseline) is not null || parsed.GetValue(_reporting.ChangedOnly);
        return CodeOf(report, onlyNew ? options : options with { Baseline = null }, parsed.GetRequiredValue(_reporting.FailOn));
    }

    private ReportOptions Options(ParseResult parsed, Terminal terminal) => new()
    {
        Verbose = parsed.GetValue(_reporting.Verbose),
        Width = terminal.Width,
        InventoryPath = parsed.GetValue(_inventory.Inventory) is { } file ? Path.GetRelativePath(Environment.CurrentDirectory, file.FullName) : null,
    };

    private async Task PrintAsync(AuditReport report, ReportOptions options, Terminal terminal, TextWriter output, ParseResult parsed)
    {
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
            await Reports.WriteAsync(report, file, format, options with { Width = ReportOptions.Default.Width }, CancellationToken.None);
        }
    }

    private static int CodeOf(AuditReport report, ReportOptions options, FailOn failOn)
    {
        var failing = report.Findings.Any(finding =>
            finding.Status == FindingStatus.Fail && failOn.Bound is { } bound && finding.Severity >= bound
            && options.SuppressedBecause(finding) is null && options.IsNew(finding) is not false);
        return failing ? ExitCode.Findings : report.Run.Complete ? ExitCode.Clean : ExitCode.Incomplete;
    }
}
