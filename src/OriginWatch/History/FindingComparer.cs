using OriginWatch.Audit;

namespace OriginWatch.History;

/// <summary>
/// Compares a run with the state before it. What was not judged is kept: silence never resolves anything.
/// </summary>
internal sealed class FindingComparer(AuditReport report, SuppressionList suppressions)
{
    private readonly FindingFate _fate = new(report);

    public Classification Classify(RunState? previous)
    {
        var before = Before(previous);
        var failing = Failing();
        var now = failing.Values.Select(finding => Compare(finding, before.GetValueOrDefault(finding.Key))).ToList();
        var fresh = now.Where(change => change.Kind == ChangeKind.New && change.Record.Certificates.Count > 0)
            .ToLookup(change => PlaceOf(change.Record));
        return Sorted(
            now.Concat(
                before
                    .Values.Where(open => !failing.ContainsKey(open.Key))
                    .Select(Settle)
                    .Select(change => Supersede(change, fresh[PlaceOf(change.Record)]))
            )
        );
    }

    private static Classification Sorted(IEnumerable<FindingChange> changes) =>
        new([.. changes.OrderByDescending(change => change.Record.Severity).ThenBy(change => change.Record.Key, StringComparer.Ordinal)]);

    private static Dictionary<string, OpenFinding> Before(RunState? previous) =>
        (previous?.Findings ?? [])
            .DistinctBy(finding => finding.Key, StringComparer.Ordinal)
            .ToDictionary(finding => finding.Key, StringComparer.Ordinal);

    private Dictionary<string, Finding> Failing() =>
        report
            .Findings.Where(finding => finding.Status == FindingStatus.Fail)
            .DistinctBy(finding => finding.Key, StringComparer.Ordinal)
            .ToDictionary(finding => finding.Key, StringComparer.Ordinal);

    private FindingChange Compare(Finding finding, OpenFinding? before)
    {
        var record = FindingRecord.Of(finding, report.Run.StartedAt, before);
        var because = before is null ? null : WhatChanged(before, record);
        return new()
        {
            Kind =
                before is null ? ChangeKind.New
                : because is null ? ChangeKind.Ongoing
                : ChangeKind.Changed,
            Record = record,
            Finding = finding,
            Before = before,
            Because = because,
        };
    }

    private static string? WhatChanged(OpenFinding before, OpenFinding now) =>
        Unmuted(before, now)
        ?? (
            before.DomainName != now.DomainName ? $"the origin was {before.DomainName} before"
            : before.Severity != now.Severity ? $"was {before.Severity} before"
            : before.Certificates.Count > 0
            && now.Certificates.Count > 0
            && !before.Certificates.Intersect(now.Certificates, StringComparer.Ordinal).Any()
                ? "another certificate is served, with the same fault"
            : DetailClass.Same(before.Detail, now.Detail) ? null
            : $"was before: {before.Detail}"
        );

    private static string? Unmuted(OpenFinding before, OpenFinding now) =>
        before.Suppressed && !now.Suppressed ? "it is no longer suppressed" : null;

    /// <summary>A finding that this run does not have: resolved, gone, or not judged.</summary>
    private FindingChange Settle(OpenFinding open) =>
        _fate.WasLeftOut(open) ? Keep(open)
        : _fate.GoneBecause(open) is { } reason
            ? new()
            {
                Kind = ChangeKind.Gone,
                Record = open,
                Before = open,
                Because = reason,
            }
        : _fate.IsResolved(open)
            ? new()
            {
                Kind = ChangeKind.Resolved,
                Record = open,
                Before = open,
            }
        : Keep(open);

    private static (string, string?) PlaceOf(OpenFinding record) => (OriginKey.Of(record.DistributionId, record.OriginId), record.Target);

    private static FindingChange Supersede(FindingChange change, IEnumerable<FindingChange> fresh) =>
        change.Kind == ChangeKind.Resolved
        && fresh.Any(other =>
            other.Record.Severity >= change.Record.Severity
            && other.Record.Certificates.Intersect(change.Record.Certificates, StringComparer.Ordinal).Any()
        )
            ? change with
            {
                IsSuperseded = true,
            }
            : change;

    private FindingChange Keep(OpenFinding open)
    {
        var kept = open with
        {
            Suppressed = suppressions.Find(open.DistributionId, open.OriginId, open.RuleId, report.Run.StartedAt) is not null,
        };
        var because = Unmuted(open, kept);
        return new()
        {
            Kind = because is null ? ChangeKind.Ongoing : ChangeKind.Changed,
            Record = kept,
            Before = open,
            Because = because,
        };
    }
}
