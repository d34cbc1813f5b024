using OriginWatch.Rules;

namespace OriginWatch.Audit;

/// <summary>What of an origin's judgements is told: what fails, and what could not be judged.</summary>
internal static class FindingBuilder
{
    public static IEnumerable<Finding> Of(OriginReport origin, string? accountId) =>
        origin.Judgements.Select(judgement => Of(origin, judgement, accountId)).OfType<Finding>();

    private static Finding? Of(OriginReport origin, Judgement judgement, string? accountId)
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
}
