using System.Collections.Concurrent;

namespace OriginWatch.Rules;

/// <summary>
/// Keeps what the judgements of many origins have in common once: which rule is about what, and verdicts that say the same. Safe to use
/// from several threads; one serves a run.
/// </summary>
internal sealed class JudgementStore
{
    /// <summary>Verdicts that name an address or a server are as many as those.</summary>
    private const int MostVerdicts = 1_000;

    private readonly ConcurrentDictionary<(int Judgements, int Targets), (JudgementShape Shape, Verdict[] Verdicts)> _kinds = new();
    private readonly ConcurrentDictionary<Verdict, Verdict> _verdicts = new();

    /// <param name="judgements">Each of the origin itself or of one of its targets; of anything else they are kept as they are.</param>
    /// <param name="targets">The origin's.</param>
    public IReadOnlyList<Judgement> Keep(List<Judgement> judgements, IReadOnlyList<TargetObservation> targets)
    {
        var places = judgements.ConvertAll(judgement => PlaceOf(judgement.Target, targets));
        if (places.Contains(null))
        {
            return judgements;
        }

        var shape = new JudgementShape([.. judgements.Select(judgement => judgement.Rule)], [.. places.Select(place => place!.Value)]);
        Verdict[] verdicts = [.. judgements.Select(judgement => Keep(judgement.Verdict))];
        var known = _kinds.GetOrAdd((judgements.Count, targets.Count), (shape, verdicts));
        return known.Shape.Fits(shape)
            ? new JudgementList(known.Shape, targets, Same(known.Verdicts, verdicts) ? known.Verdicts : verdicts)
            : new JudgementList(shape, targets, verdicts);
    }

    /// <summary>What passes or does not apply mostly says the same of every origin.</summary>
    private Verdict Keep(Verdict verdict) =>
        verdict is not (Verdict.Pass or Verdict.NotApplicable) ? verdict
        : _verdicts.TryGetValue(verdict, out var known) ? known
        : _verdicts.Count < MostVerdicts ? _verdicts.GetOrAdd(verdict, verdict)
        : verdict;

    /// <summary>Verdicts that say the same are one object here.</summary>
    private static bool Same(Verdict[] one, Verdict[] other) =>
        one.Length == other.Length && one.Zip(other).All(pair => ReferenceEquals(pair.First, pair.Second));

    /// <summary>Null where it is none of them.</summary>
    private static int? PlaceOf(TargetObservation? target, IReadOnlyList<TargetObservation> targets)
    {
        if (target is null)
        {
            return JudgementShape.OriginItself;
        }

        for (var index = 0; index < targets.Count; index++)
        {
            if (ReferenceEquals(targets[index], target))
            {
                return index;
            }
        }

        return null;
    }
}
