using System.CommandLine;
using OriginWatch.Audit;
using OriginWatch.Cli.Configuration;
using OriginWatch.History;
using OriginWatch.Inventory;
using OriginWatch.Reporting;
using OriginWatch.Rules;

namespace OriginWatch.Cli.Commands;

/// <summary>What a scan knows of earlier ones and of accepted findings: <c>--history</c>, <c>--suppressions</c>,
/// <c>--baseline</c>.</summary>
internal sealed class ScanHistory
{
    /// <summary>More than the report of an account at AWS's highest quotas.</summary>
    private const long MaxReportBytes = 256L * 1024 * 1024;

    private readonly RunRecorder? _recorder;
    private readonly FileInfo? _suppressions;
    private readonly FileInfo? _baseline;
    private readonly bool _isInline;
    private readonly bool _isFiltered;
    private RunStart? _start;

    /// <param name="options">Where they are.</param>
    /// <param name="parsed">What the operator gave.</param>
    /// <param name="isFiltered">True where origins are left out: their findings are neither gone nor resolved, so the history is read and
    /// not written.</param>
    public ScanHistory(ReportingOptions options, ParseResult parsed, bool isFiltered)
    {
        _isFiltered = isFiltered;
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
    public async Task<(AuditReport Report, ReportOptions Options, IReadOnlyList<string> Notices)> FinishAsync(
        AuditReport report,
        ReportOptions options,
        CancellationToken cancellationToken
    )
    {
        var baseline = _baseline is null
            ? null
            : ReportDiff.ReadBaseline((await ReadAsync("--baseline", _baseline, MaxReportBytes, cancellationToken)).ToArray());
        if (_recorder is null || _isFiltered)
        {
            var suppressions =
                _start?.Suppressions
                ?? (
                    _suppressions is null
                        ? SuppressionList.Empty
                        : SuppressionFile.Parse(
                            (await ReadAsync("--suppressions", _suppressions, SuppressionFile.MaxBytes, cancellationToken)).ToArray(),
                            amongOthers: _isInline
                        )
                );
            var marked = suppressions.Mark(report);
            return (
                Remarked(marked, suppressions.Review(marked, [])),
                options with
                {
                    Baseline = baseline ?? LastRun(),
                },
                [.. Problems(suppressions)]
            );
        }

        var outcome = await _recorder.FinishAsync(_start!, report, _ => [], cancellationToken);
        var informed = outcome.Review.Inform(options);
        return (
            Remarked(outcome.Review.Report, outcome.Review.Suppressions),
            informed with
            {
                Baseline = baseline ?? informed.Baseline,
            },
            [.. Notices(outcome)]
        );
    }

    private HashSet<string>? LastRun() => _start?.Previous?.Findings.Select(finding => finding.Key).ToHashSet(StringComparer.Ordinal);

    private IEnumerable<string> Problems(SuppressionList suppressions) =>
        new[]
        {
            suppressions.Problem,
            _isFiltered && _recorder is not null ? "filters leave origins out: the history was read and not changed" : null,
        }.OfType<string>();

    /// <summary>What somebody should do about the suppressions, as the mail says it; a filtered scan cannot tell which are
    /// unused.</summary>
    private AuditReport Remarked(AuditReport report, SuppressionReview review)
    {
        List<string> remarks =
        [
            .. review.Expired.Select(entry =>
                $"Suppression {entry}: expired on {entry.Expires:yyyy-MM-dd}, {entry.Owner}. Renew or remove it."
            ),
            .. review.Lapsing.Select(entry => $"Suppression {entry}: lapses on {entry.Expires:yyyy-MM-dd}, {entry.Owner}: {entry.Reason}"),
            .. _isFiltered
                ? []
                : review.Unused.Select(entry => $"Suppression {entry}: unused, {entry.Owner}. It matches nothing and can be removed."),
        ];
        return remarks.Count == 0 ? report : report with { Run = report.Run with { Remarks = [.. report.Run.Remarks, .. remarks] } };
    }

    private static Task<ReadOnlyMemory<byte>> ReadAsync(string option, FileInfo file, long maxBytes, CancellationToken cancellationToken) =>
        InputFile.ReadAsync(option, file.FullName, maxBytes, cancellationToken);

    private static IEnumerable<string> Notices(RunOutcome outcome)
    {
        var changes = outcome.Review.Changes;
        if (!outcome.Review.IsFirstRun && outcome.Review.HistoryMissing is null)
        {
            yield return $"since the last run: {changes.Of(ChangeKind.New).Count()} new, "
                + $"{changes.Of(ChangeKind.Changed).Count()} changed, {changes.Of(ChangeKind.Resolved).Count()} resolved, "
                + $"{changes.Of(ChangeKind.Gone).Count()} gone";
        }

        foreach (
            var notice in outcome
                .Review.Notices.Append(outcome.Review.HistoryMissing)
                .Concat(outcome.Failures.Select(failure => failure.Message))
                .OfType<string>()
        )
        {
            yield return notice;
        }
    }
}
