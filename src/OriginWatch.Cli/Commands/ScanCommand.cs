using System.CommandLine;
using OriginWatch.Audit;
using OriginWatch.Cli.Configuration;
using OriginWatch.Edge;
using OriginWatch.Reporting;
using OriginWatch.Text;

namespace OriginWatch.Cli.Commands;

/// <summary><c>originwatch scan</c>: audits every origin of a listing.</summary>
internal sealed class ScanCommand
{
    private readonly InventoryOptions _inventory = new();
    private readonly AccountOptions _accounts = new();
    private readonly FilterOptions _filter = new();
    private readonly ConnectionOptions _connection = new();
    private readonly ReportingOptions _reporting = new();

    private readonly Option<string?> _edge = new("--edge")
    {
        Description =
            "Ask CloudFront itself, by one request to the distribution, about origins that the handshake rejects or "
            + "cannot evaluate (undetermined), about all, or about none (off). Default: "
            + "undetermined, and off with --inventory",
        HelpName = "MODE",
    };

    public Command Create()
    {
        _edge.AcceptOnlyFromAmong("off", "undetermined", "all");
        var command = new Command(
            "scan",
            "Probe every origin as CloudFront would, and report. Examples: originwatch scan; "
                + "originwatch scan --inventory distributions.json"
        );
        _inventory.AddTo(command);
        _accounts.AddTo(command, _inventory);
        _filter.AddTo(command, _inventory);
        _connection.AddTo(command);
        command.Add(_edge);
        _reporting.AddTo(command);
        command.Add(
            new Option<FileInfo?>(ConfiguredCommand.Option)
            {
                Description = $"Take options from this file; {ConfigurationFile.UsualName} in the working folder when left out",
                HelpName = "FILE",
            }
        );
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        using var display = new RunDisplay(error, parsed.GetValue(_connection.Quiet));
        using var interrupt = new Interrupt(display.Interrupted, cancellationToken);
        var routes = await RoutesCheck.ReadAsync(_reporting, parsed, cancellationToken);
        using var source = new InventoryChoice(_inventory, parsed, _accounts.ChoiceOf(parsed), routes is { NeedsPaths: true });
        var history = new ScanHistory(_reporting, parsed, _filter.LeavesOriginsOut(parsed));
        var prior = await history.BeginAsync(cancellationToken);
        using var setup = new AuditSetup(
            _connection,
            parsed,
            prior,
            source.Traffic,
            EdgeOf(parsed.GetValue(_edge), isSavedListing: parsed.GetValue(_inventory.Inventory) is not null)
        );
        var audited = await display.RunAsync(progress =>
            setup.Audit.RunAsync(_filter.Apply(parsed, source), progress, interrupt.Token, CancellationToken.None)
        );

        var terminal = new Terminal(output, parsed.GetValue(_connection.NoColor));
        var (judged, options, notices) = await history.FinishAsync(
            audited,
            Options(parsed, terminal, source.NameOf(audited.Run.AccountId)),
            CancellationToken.None
        );
        var report = _filter.Apply(parsed, judged);
        var routed = routes is null ? [] : await routes.ExplainAsync(audited, source.Tags, CancellationToken.None);
        foreach (
            var notice in notices
                .Concat(routed)
                .Concat(Warnings(report, options))
                .Concat(
                    Reports.NothingToImport(report, options, parsed.GetValue(_reporting.Format), parsed.GetValue(_reporting.Output) ?? [])
                )
        )
        {
            await error.WriteLineAsync($"originwatch: {Escape.Text(notice)}");
        }

        await PrintAsync(report, options, terminal, output, parsed);
        var onlyNew = parsed.GetValue(_reporting.Baseline) is not null || options.OnlyNew;
        return _reporting.Verdict.CodeOf(parsed, report, onlyNew ? options : options with { Baseline = null });
    }

    /// <summary>A saved listing contacts nothing but the origins, unless it is asked for.</summary>
    internal static EdgeMode EdgeOf(string? chosen, bool isSavedListing) =>
        chosen switch
        {
            "off" => EdgeMode.Off,
            "undetermined" => EdgeMode.Undetermined,
            "all" => EdgeMode.All,
            _ => isSavedListing ? EdgeMode.Off : EdgeMode.Undetermined,
        };

    private static IEnumerable<string> Warnings(AuditReport report, ReportOptions options) =>
        report.Totals.Origins > 0
            ? []
            : [$"warning: no distributions with origins found{(options.InventoryName is { } name ? $" in {name}" : "")}"];

    private ReportOptions Options(ParseResult parsed, Terminal terminal, string? inventory) =>
        new()
        {
            Verbose = parsed.GetValue(_reporting.Verdict.Verbose),
            Width = terminal.Width,
            Region =
                parsed.GetValue(_inventory.Region)
                ?? Environment.GetEnvironmentVariable("AWS_REGION")
                ?? Environment.GetEnvironmentVariable("AWS_DEFAULT_REGION")
                ?? ReportOptions.Default.Region,
            OnlyNew = parsed.GetValue(_reporting.ChangedOnly),
            LeavesDistributionsOut = _filter.LeavesOriginsOut(parsed),
            InventoryName = inventory,
            InventoryPath = parsed.GetValue(_inventory.Inventory) is { Name: not InventoryChoice.StandardInput } file
                ? Path.GetRelativePath(Environment.CurrentDirectory, file.FullName)
                : null,
            Program = Invocation.Program,
            ExplainCommand = _accounts.ChoiceOf(parsed) is null ? InventoryChoice.ExplainCommand(_inventory, parsed) : null,
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
            await output.WriteAsync(Reports.Render(report, format, options with { Width = ReportOptions.Default.Width }));
        }

        await Reports.WriteAllAsync(
            report,
            parsed.GetValue(_reporting.Output) ?? [],
            options with
            {
                Width = ReportOptions.Default.Width,
            },
            CancellationToken.None
        );
    }
}
