using OriginWatch.Inventory;
using OriginWatch.Targets;

namespace OriginWatch.Rules;

/// <summary>Severity follows the traffic: the same fault weighs less where fewer viewers meet it.</summary>
internal static class SeverityPolicy
{
    /// <summary>Status codes under which an origin group fails over when its primary cannot be reached.</summary>
    private static readonly int[] GatewayErrors = [502, 503, 504];

    /// <param name="judgement">As the rule gave it.</param>
    /// <param name="observation">The origin it is about.</param>
    /// <param name="verdictOf">The verdicts of the same distribution's origins, by id.</param>
    public static Verdict Adjust(Judgement judgement, Observation observation, Func<string, OriginVerdict> verdictOf)
    {
        if (judgement.Verdict is not Verdict.Fail fail)
        {
            return judgement.Verdict;
        }

        var use = observation.Planned;
        var severity = fail.Severity ?? judgement.Rule.Severity;
        if (judgement.Target is { Name.Decides: false } || !use.IsReached)
        {
            severity = Severity.Informational;
        }

        if (severity == Severity.Critical && FailsOver(use, verdictOf))
        {
            severity = Severity.High;
            fail = fail with { Detail = $"{fail.Detail}; GET, HEAD and OPTIONS fail over to the group's secondary, other methods do not" };
        }

        if ((use.Distribution.Staging || !use.Distribution.Enabled) && severity > Severity.Informational)
        {
            severity--;
        }

        return fail with
        {
            Severity = severity,
        };
    }

    /// <summary>True when all traffic reaches the origin as primary of groups that fail over to an origin judged healthy.</summary>
    private static bool FailsOver(PlannedOrigin use, Func<string, OriginVerdict> verdictOf) =>
        use
            .Behaviors.Where(behavior => behavior.IsReached)
            .All(behavior =>
                behavior is { IsPrimary: true, OriginGroupId: { } groupId }
                && use.Distribution.OriginGroups.FirstOrDefault(group => group.Id == groupId)
                    is { MemberOriginIds: [_, var secondary, ..] } group
                && group.StatusCodes.Any(GatewayErrors.Contains)
                && verdictOf(secondary) is OriginVerdict.Accepts
            );
}
