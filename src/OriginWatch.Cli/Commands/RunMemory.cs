using System.CommandLine;
using OriginWatch.Audit;
using OriginWatch.Cli.Configuration;
using OriginWatch.History;
using OriginWatch.Inventory;
using OriginWatch.Reporting;
using OriginWatch.Rules;

namespace OriginWatch.Cli.Commands;

/// <summary>What a scan knows of earlier ones and of accepted findings: <c>--history</c>, <c>--suppressions</c>, <c>--baseline</c>.</summary>
internal sealed class RunMemory
{
    /// <summary>More than the report of an account at AWS's highest quotas.</summary>
    private const long MaxReportBytes = 256L * 1024 * 1024;

    private readonly RunRecorder? _recorder;
    private readonly FileInfo? _suppressions;
    private readonly FileInfo? _baseline;
    private readonly bool _isInline;
    private RunStart? _start;

    public RunMemory(ReportingOptions options, ParseResult parsed)
    {
        _suppressions = parsed.GetValue(options.Suppressions);
        _isInline = _suppressions?.FullName == ConfiguredCommand.FileOf(parsed);
        _baseline = parsed.GetValue(options.Baseline);
        if (parsed.GetValue(options.History) is { } folder)
        {
            var store = new FolderRunStore(folder.FullName, _suppressions?.FullName, TimeProvider.System);
            _recorder = new RunRecorder(store, _ => null, (_, _) => Task.CompletedTask, TimeProvider.System);
        }
    }

    /// <summary>The last judged outcomes, for the rules.</summary>
    public async Task<IReadOnlyDictionary<string, PriorOutcome>> BeginAsync(CancellationToken cancellationToken)
    {
        _start = _recorder is null ? null : await _recorder.BeginAsync(cancellationToken);
        return _start?.Prior ?? new Dictionary<string, PriorOutcome>(StringComparer.Ordinal);
    }

    /// <summary>The report with accepted findings marked, how to print it, and what an operator must be told beside it.</summary>
    public async Task<(AuditReport Report, ReportOptions Options, IReadOnlyList<string> Notices)> FinishAsync(AuditReport report, ReportOptions options, CancellationToken cancellationToken)
    {
        var baseline = _baseline is null ? null : ReportDiff.ReadBaseline((await ReadAsync("--baseline", _baseline, MaxReportBytes, cancellationToken)).ToArray());
        if (_recorder is null)
        {
            var suppressions = _suppressions is null ? SuppressionList.Empty : SuppressionFile.Parse(
                (await ReadAsync("--suppressions", _suppressions, SuppressionFile.MaxBytes, cancellationToken)).ToArray(), amongOthers: _isInline);
            return (suppressions.Mark(report), options with { Baseline = baseline }, suppressions.Problem is { } problem ? [problem] : []);
        }

        var outcome = await _recorder.FinishAsync(_start!, report, _ => [], cancellationToken);
        var informed = outcome.Review.Inform(options);
        return (outcome.Review.Report, informed with { Baseline = baseline ?? informed.Baseline }, [.. Notices(outcome)]);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(string option, FileInfo file, long maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            return await BoundedFile.ReadAsync(file.FullName, maxBytes, cancellationToken);
        }
        catch (InventoryException exception)
        {
            throw new CommandException($"{option} {file.FullName}: {exception.Message}", exception);
        }
    }

    private static IEnumerable<string> Notices(RunOutcome outcome)
    {
        var changes = outcome.Review.Changes;
        if (!outcome.Review.IsFirstRun && outcome.Review.HistoryMissing is null)
        {
            yield return $"since the last run: {changes.Of(ChangeKind.New).Count()} new, {changes.Of(ChangeKind.Changed).Count()} changed, {changes.Of(ChangeKind.Resolved).Count()} resolved, {changes.Of(ChangeKind.Gone).Count()} gone";
        }

        foreach (var notice in outcome.Review.Notices.Append(outcome.Review.HistoryMissing).Concat(outcome.Failures.Select(failure => failure.Message)).OfType<string>())
        {
            yield return notice;
        }
    }
}
