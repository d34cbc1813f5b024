using OriginWatch.Inventory;
using OriginWatch.Rules;
using OriginWatch.Targets;

namespace OriginWatch.Audit;

/// <summary>Draws the report out of what was judged: severities follow the traffic, failing judgements become findings.</summary>
internal static class ReportBuilder
{
    public static AuditReport Build(RunFacts facts, Listing listing, AuditPlan plan, IReadOnlyList<JudgedOrigin> judged)
    {
        var verdicts = judged.ToDictionary(
            origin => OriginKey.Of(origin.Observation.Planned),
            origin => origin.Verdict,
            StringComparer.Ordinal
        );
        var origins = Origins.ConvertAll(judged, origin => Adjust(origin, verdicts));
        var findings = FindingsOf(origins, listing.AccountId);
        return new AuditReport
        {
            Run = facts with
            {
                Remarks =
                [
                    .. facts.Remarks,
                    .. plan.Origins.SelectMany(use => use.Cuts).Distinct(StringComparer.Ordinal),
                    .. Throwing(judged),
                ],
            },
            Totals = Count(listing, plan, origins, findings),
            Origins = origins,
            Findings = findings,
        };
    }

    /// <summary>The same run with other answers: findings and counts follow from them.</summary>
    public static AuditReport Rebuild(AuditReport report, IReadOnlyList<OriginReport> origins)
    {
        var findings = FindingsOf(origins, report.Run.AccountId);
        return report with
        {
            Origins = origins,
            Findings = findings,
            Totals = report.Totals with
            {
                BySeverity = BySeverity(findings),
                Undetermined = Undetermined(findings),
                ByVerdict = ByVerdict(origins),
            },
        };
    }

    private static List<Finding> FindingsOf(IReadOnlyList<OriginReport> origins, string? accountId) =>
        [
            .. Origins
                .ConvertAll(origins, origin => FindingBuilder.Of(origin, accountId).ToList())
                .SelectMany(findings => findings)
                .OrderBy(finding => finding.Status != FindingStatus.Fail)
                .ThenByDescending(finding => finding.Severity),
        ];

    private static OriginReport Adjust(JudgedOrigin origin, Dictionary<string, OriginVerdict> verdicts)
    {
        var distributionId = origin.Observation.Planned.Distribution.Id;
        return new()
        {
            Observation = origin.Observation,
            Verdict = origin.Verdict,
            Judgements = JudgementList.Revise(
                origin.Judgements,
                judgement =>
                    SeverityPolicy.Adjust(
                        judgement,
                        origin.Observation,
                        originId => verdicts.GetValueOrDefault(OriginKey.Of(distributionId, originId), OriginVerdict.Undetermined)
                    )
            ),
        };
    }

    private static bool WasReached(OriginReport origin) =>
        origin.Verdict != OriginVerdict.Undetermined
        || (
            origin.Observation.Targets.All(target => ProbedTarget.Reached(target.Addresses))
            && origin.Observation.Http.All(http => ProbedTarget.Reached(http.Addresses))
        );

    private static Totals Count(Listing listing, AuditPlan plan, List<OriginReport> origins, List<Finding> findings) =>
        new(listing.Distributions.Count, origins.Count, plan.Targets.Count, BySeverity(findings), Undetermined(findings))
        {
            ByVerdict = ByVerdict(origins),
            HttpPorts = plan.HttpTargets.Count,
            TargetsNotReached = Missed(
                origins
                    .SelectMany(origin => origin.Observation.Targets)
                    .Select(target => ((ConnectTarget)target.Name.Target, target.Addresses))
            ),
            HttpPortsNotReached = Missed(
                origins.SelectMany(origin => origin.Observation.Http).Select(http => ((ConnectTarget)http.Target, http.Addresses))
            ),
            OriginsNotReached = origins.Count(origin => !WasReached(origin)),
            AskedAtEdge = origins.Count(origin => origin.Observation.Edge is { WasAsked: true }),
            Contradicted = origins.Count(origin =>
                origin.Observation.Traffic is { Meaning: TrafficMeaning.Contradicts }
                || (origin.Observation.Edge?.Sightings.Any(sighting => sighting.IsContradiction) ?? false)
            ),
        };

    private static Dictionary<Severity, int> BySeverity(IReadOnlyList<Finding> findings) =>
        Enum.GetValues<Severity>()
            .ToDictionary(
                severity => severity,
                severity => findings.Count(finding => finding.Status == FindingStatus.Fail && finding.Severity == severity)
            );

    private static int Undetermined(IReadOnlyList<Finding> findings) =>
        findings.Count(finding => finding.Status == FindingStatus.Undetermined);

    private static Dictionary<OriginVerdict, int> ByVerdict(IReadOnlyList<OriginReport> origins) =>
        Enum.GetValues<OriginVerdict>().ToDictionary(verdict => verdict, verdict => origins.Count(origin => origin.Verdict == verdict));

    private static int Missed(IEnumerable<(ConnectTarget Target, IReadOnlyList<AddressObservation> Addresses)> seen) =>
        seen.Where(target => !ProbedTarget.Reached(target.Addresses)).Select(target => target.Target).Distinct().Count();

    private static IEnumerable<string> Throwing(IReadOnlyList<JudgedOrigin> judged) =>
        judged
            .SelectMany(origin => origin.ThrowingRules)
            .CountBy(id => id, StringComparer.Ordinal)
            .Select(rule => $"Rule {rule.Key} failed on {rule.Value} origins, which are undetermined under it; please report this.");
}
