using OriginWatch.Audit;
using OriginWatch.Rules;

namespace OriginWatch.History;

/// <summary>The numbers of a run against its past. Each origin is in exactly one of the first six.</summary>
public sealed record RunCounts
{
    /// <summary>Viewers get an error: seen in this run, or in an earlier one and not judged since.</summary>
    public required int Failing { get; init; }

    /// <summary>The same, with a suppression for each such finding.</summary>
    public required int FailingSuppressed { get; init; }

    /// <summary>It would fail, and no viewer's request reaches it.</summary>
    public required int FailingUnused { get; init; }

    /// <summary>Nobody could judge it, at least in part, and it is not known to fail.</summary>
    public required int NotJudged { get; init; }

    public required int NotProbed { get; init; }
    public required int Fine { get; init; }

    /// <summary>Open findings that are not suppressed, those included that this run could not judge.</summary>
    public required IReadOnlyDictionary<Severity, int> BySeverity { get; init; }

    internal static RunCounts Of(AuditReport report, Classification changes)
    {
        var rejecting = changes
            .Changes.Where(change => change is { IsOpen: true, Record.Rejects: true })
            .ToLookup(change => change.IsSuppressed, change => (change.Record.DistributionId, change.Record.OriginId));
        var (failing, suppressed) = (rejecting[false].ToHashSet(), rejecting[true].ToHashSet());
        var undetermined = report
            .Findings.Where(finding => finding.Status == FindingStatus.Undetermined)
            .ToLookup(finding => finding.SuppressedBy is not null, finding => (finding.DistributionId, finding.OriginId));
        var (unjudged, accepted) = (undetermined[false].ToHashSet(), undetermined[true].ToHashSet());
        var places = report
            .Origins.CountBy(origin => PlaceOf(origin.Verdict, (origin.Planned.Distribution.Id, origin.Planned.Origin.Id)))
            .ToDictionary();
        return new()
        {
            Failing = places.GetValueOrDefault(Place.Failing) + LeftOut(failing),
            FailingSuppressed = places.GetValueOrDefault(Place.FailingSuppressed) + LeftOut(suppressed.Except(failing)),
            FailingUnused = places.GetValueOrDefault(Place.FailingUnused),
            NotJudged = places.GetValueOrDefault(Place.NotJudged),
            NotProbed = places.GetValueOrDefault(Place.NotProbed),
            Fine = places.GetValueOrDefault(Place.Fine),
            BySeverity = Enum.GetValues<Severity>()
                .ToDictionary(severity => severity, severity => changes.Open.Count(change => change.Record.Severity == severity)),
        };

        // What a run over a part did not look at fails as it did.
        int LeftOut(IEnumerable<(string, string)> origins) =>
            origins.Except(report.Origins.Select(origin => (origin.Planned.Distribution.Id, origin.Planned.Origin.Id))).Count();

        Place PlaceOf(OriginVerdict verdict, (string, string) origin) =>
            failing.Contains(origin) ? Place.Failing
            : suppressed.Contains(origin) ? Place.FailingSuppressed
            : unjudged.Contains(origin) ? Place.NotJudged
            : verdict switch
            {
                OriginVerdict.Rejects => Place.FailingUnused,
                OriginVerdict.Undetermined when !accepted.Contains(origin) => Place.NotJudged,
                OriginVerdict.NotProbed => Place.NotProbed,
                _ => Place.Fine,
            };
    }

    private enum Place
    {
        Failing,
        FailingSuppressed,
        FailingUnused,
        NotJudged,
        NotProbed,
        Fine,
    }
}
