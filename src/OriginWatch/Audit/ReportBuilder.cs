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
        var origins = judged.Select(origin => Adjust(origin, verdicts)).ToList();
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

    private static List<Finding> FindingsOf(IEnumerable<OriginReport> origins, string? accountId) =>
        [
            .. origins
                .SelectMany(origin => FindingsOf(origin, accountId))
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

    private static IEnumerable<Finding> FindingsOf(OriginReport origin, string? accountId) =>
        origin.Judgements.Select(judgement => FindingOf(origin, judgement, accountId)).OfType<Finding>();

    private static Finding? FindingOf(OriginReport origin, Judgement judgement, string? accountId)
    {
        var (status, severity, detail, remediation) = judgement.Verdict switch
        {
            Verdict.Fail fail => (FindingStatus.Fail, fail.Severity ?? judgement.Rule.Severity, fail.Detail, fail.Remediation),
            Verdict.Undetermined { IsConsequence: false } undetermined => (
                FindingStatus.Undetermined,
                judgement.Rule.Severity,
                undetermined.Reason,
                undetermined.Remediation
            ),
            _ => default,
        };
        if (detail is null)
        {
            return null;
        }

        return new Finding
        {
            Key = string.Join(
                '/',
                new[]
                {
                    origin.Planned.Distribution.AccountId ?? accountId ?? "-",
                    OriginKey.Of(origin.Planned),
                    judgement.Rule.Id,
                    judgement.Target?.Name.Target.NameAndPort,
                }.OfType<string>()
            ),
            Rule = judgement.Rule,
            Severity = severity,
            Status = status,
            Origin = origin,
            Seen = judgement.Target,
            Detail = $"{detail}{ConnectedTo(judgement)}",
            Remediation =
                remediation
                ?? (
                    status == FindingStatus.Undetermined
                        ? $"Run 'originwatch explain {OriginKey.Of(origin.Planned)}' to see what was tried and why it was not enough."
                        : judgement.Rule.Remediation
                ),
            Cause = CauseKey.Of(origin.Planned, judgement, status),
            DueAt = (judgement.Verdict as Verdict.Fail)?.DueAt,
            Since = (judgement.Verdict as Verdict.Fail)?.Since,
            Traffic = TellsOfTraffic(origin, judgement, status) ? origin.Observation.Traffic!.Sentence : null,
            SeenOnce = judgement.Verdict is Verdict.Undetermined { SeenOnce: true },
            WasReached = status == FindingStatus.Fail || WasReached(origin.Observation, judgement),
        };
    }

    /// <summary>A judgement about an HTTP port names no target: there the origin's ports speak.</summary>
    private static bool WasReached(Observation observation, Judgement judgement) =>
        judgement.Target is { } target
            ? ProbedTarget.Reached(target.Addresses)
            : !judgement.Rule.RejectsTraffic || observation.Http.All(http => ProbedTarget.Reached(http.Addresses));

    private static bool WasReached(OriginReport origin) =>
        origin.Verdict != OriginVerdict.Undetermined
        || (
            origin.Observation.Targets.All(target => ProbedTarget.Reached(target.Addresses))
            && origin.Observation.Http.All(http => ProbedTarget.Reached(http.Addresses))
        );

    /// <summary>CloudFront's numbers stand beside what makes viewers get errors, and beside what could not be judged.</summary>
    private static bool TellsOfTraffic(OriginReport origin, Judgement judgement, FindingStatus status) =>
        origin.Observation.Traffic is { Meaning: var meaning }
        && (
            (status == FindingStatus.Fail && OriginJudge.Rejects(judgement))
            || (
                status == FindingStatus.Undetermined
                && judgement.Target is not null
                && meaning is TrafficMeaning.Reaches or TrafficMeaning.CannotReach
            )
        );

    /// <summary>Where the name asked for is not the one connected to, what a connection met needs both.</summary>
    private static string ConnectedTo(Judgement judgement) =>
        judgement.Target is { Name.Target: var target } && !judgement.Rule.IsAboutCertificates && target.ServerName != target.DomainName
            ? $" (connecting to {target.DomainAndPort})"
            : "";

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
