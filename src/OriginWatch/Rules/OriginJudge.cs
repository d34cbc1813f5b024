using OriginWatch.Probing;
using OriginWatch.Rules.Configuration;
using OriginWatch.Targets;

namespace OriginWatch.Rules;

/// <summary>An observation with every rule's answer to it, before severity follows the traffic.</summary>
internal sealed record JudgedOrigin(Observation Observation, IReadOnlyList<Judgement> Judgements, OriginVerdict Verdict)
{
    /// <summary>Rules that threw, by id; each has become "undetermined" for this origin.</summary>
    public IReadOnlyList<string> ThrowingRules { get; init; } = [];
}

/// <summary>Asks every rule, and draws the origin's verdict from the answers.</summary>
internal sealed class OriginJudge(IReadOnlyList<Rule> rules)
{
    private readonly JudgementStore _store = new();

    public JudgedOrigin Judge(Observation observation)
    {
        var throwing = new List<string>();
        var judgements = new List<Judgement>(rules.Count * Math.Max(1, observation.Targets.Count));
        foreach (var rule in rules)
        {
            Ask(rule, observation, judgements, throwing);
        }

        if (observation.Planned.HostForwarding == HostForwarding.Unknown)
        {
            judgements = [.. DoubtUnknownHost(judgements, observation.Planned)];
        }

        judgements = judgements.ConvertAll(judgement => Settle(judgement, observation));
        return new(observation, _store.Keep(judgements, observation.Targets), VerdictOf(observation, judgements))
        {
            ThrowingRules = throwing,
        };
    }

    /// <summary>What the run could not confirm, what may hold for a made-up name alone, and what CloudFront's own answer settles.</summary>
    private static Judgement Settle(Judgement judgement, Observation observation) =>
        EdgeSettlement.Apply(InventedNames.Doubt(IsUnconfirmed(judgement, observation) ? SeenOnce(judgement) : judgement), observation);

    /// <summary>A rule that throws is no reason to lose the night: it becomes undetermined, is counted and shown.</summary>
    private static void Ask(Rule rule, Observation observation, List<Judgement> judgements, List<string> throwing)
    {
        var before = judgements.Count;
        try
        {
            judgements.AddRange(rule.Judge(observation));
        }
#pragma warning disable CA1031 // Whatever a rule throws is the rule's fault, never the origin's.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            throwing.Add(rule.Metadata.Id);
            judgements.RemoveRange(before, judgements.Count - before);
            judgements.Add(
                new(
                    rule.Metadata,
                    null,
                    new Verdict.Undetermined(
                        $"the rule itself failed ({exception.GetType().Name}): please report this",
                        Remediation: "Report this at the project's page with the output of 'originwatch explain' for this origin; "
                            + "its other verdicts stand."
                    )
                )
            );
        }
    }

    /// <summary>
    /// Both names were probed because nobody could read whether Host is forwarded: what fails under one and passes under the other cannot
    /// be judged.
    /// </summary>
    private static IEnumerable<Judgement> DoubtUnknownHost(List<Judgement> judgements, PlannedOrigin planned)
    {
        var passing = judgements
            .Where(judgement => judgement is { Target.Name.Decides: true, Verdict: Verdict.Pass })
            .Select(judgement => judgement.Rule.Id)
            .ToHashSet(StringComparer.Ordinal);
        return judgements.Select(judgement =>
            judgement is { Target: not null, Verdict: Verdict.Fail fail } && passing.Contains(judgement.Rule.Id)
                ? judgement with
                {
                    Verdict = new Verdict.Undetermined(
                        $"Host forwarding unknown; under this name: {fail.Detail}",
                        Remediation: HostForwardingIsKnown.ToJudge(planned)
                    ),
                }
                : judgement
        );
    }

    /// <summary>Whether a failure rests on a connection that may go otherwise the next time, so that it is confirmed before it is
    /// told.</summary>
    internal static bool NeedsConfirmation(Judgement judgement) =>
        judgement.Verdict is Verdict.Fail
        && (
            judgement.Target is null
                ? judgement.Rule.JudgesConnecting && Rejects(judgement)
                : judgement.Rule.Block == RuleBlock.Reachability || Rejects(judgement)
        );

    private static bool IsUnconfirmed(Judgement judgement, Observation observation) =>
        NeedsConfirmation(judgement)
        && (
            judgement.Verdict is Verdict.Fail { UnconfirmedBecause: not null }
            || (judgement.Target?.LacksConfirmation ?? observation.Http.Any(http => http.LacksConfirmation))
        );

    private static Judgement SeenOnce(Judgement judgement) =>
        judgement with
        {
            Verdict = new Verdict.Undetermined(
                $"seen once: {((Verdict.Fail)judgement.Verdict).Detail}; "
                    + $"{((Verdict.Fail)judgement.Verdict).UnconfirmedBecause ?? "the run had no time to confirm it"}",
                Remediation: ((Verdict.Fail)judgement.Verdict).UnconfirmedBecause is null
                    ? "Wait for the next run, or give the run more time: a failure is reported as one when a second connection confirms it."
                    : "Check the DNS record and the server at this address: "
                        + "viewers meet it for as long as a resolver still has the record. "
                        + "A failure is reported as one when a second connection confirms it."
            )
            {
                SeenOnce = true,
            },
        };

    private static OriginVerdict VerdictOf(Observation observation, List<Judgement> judgements)
    {
        var deciding = judgements.Where(judgement => judgement.Target is null or { Name.Decides: true }).ToList();
        if (deciding.Any(Rejects))
        {
            return OriginVerdict.Rejects;
        }

        if (EdgeSettlement.LeavesDoubt(observation))
        {
            return OriginVerdict.Undetermined;
        }

        var isFetchedOverHttp = observation.Http.Count > 0;
        var isDoubtful = deciding.Any(judgement =>
            judgement.Verdict is Verdict.Undetermined { IsConsequence: false }
            && (judgement.Target is not null || (isFetchedOverHttp && judgement.Rule.RejectsTraffic))
        );
        if (observation.Targets.Count == 0 || observation.IsHttpOnly)
        {
            // An open port says less than a handshake does: whoever accepts the connection may still answer anything.
            return isFetchedOverHttp && isDoubtful ? OriginVerdict.Undetermined
                : EdgeSettlement.IsReached(observation) ? OriginVerdict.Accepts
                : OriginVerdict.NotProbed;
        }

        return isDoubtful || !(EdgeSettlement.IsReached(observation) || observation.Targets.All(target => IsAnswered(target, deciding)))
            ? OriginVerdict.Undetermined
            : OriginVerdict.Accepts;
    }

    /// <summary>Without a handshake under a name that decides nothing is accepted, unless a rule says so in as many words (mutual TLS) or
    /// CloudFront reached the origin.</summary>
    private static bool IsAnswered(TargetObservation target, List<Judgement> deciding) =>
        !target.Name.Decides
        || target.Addresses.All(address => address.IsGone || address.Decisive.Last.Result is Handshake)
        || deciding.Exists(judgement =>
            ReferenceEquals(judgement.Target, target) && judgement.Verdict is Verdict.Pass { WithoutHandshake: true }
        );

    /// <summary>What viewers notice only on a later day rejects nothing yet.</summary>
    internal static bool Rejects(Judgement judgement) =>
        judgement.Rule.RejectsTraffic
        && judgement.Verdict is Verdict.Fail { DueAt: null } fail
        && (fail.Severity ?? judgement.Rule.Severity) >= Severity.High;
}
