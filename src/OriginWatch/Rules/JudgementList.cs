using System.Collections;

namespace OriginWatch.Rules;

/// <summary>
/// What the rules said of one origin, in the catalogue's order. It keeps their verdicts alone, beside a list of rules and subjects that
/// origins share: as objects, the judgements would be most of a report's memory.
/// </summary>
internal sealed class JudgementList(JudgementShape shape, IReadOnlyList<TargetObservation> targets, Verdict[] verdicts)
    : IReadOnlyList<Judgement>
{
    public int Count => verdicts.Length;

    public Judgement this[int index] => new(shape.Rules[index], shape.TargetOf(index, targets), verdicts[index]);

    /// <summary>The same judgements with other verdicts; the list itself where none is another.</summary>
    public static IReadOnlyList<Judgement> Revise(IReadOnlyList<Judgement> judgements, Func<Judgement, Verdict> revise)
    {
        Verdict[]? revised = null;
        for (var index = 0; index < judgements.Count; index++)
        {
            var judgement = judgements[index];
            var verdict = revise(judgement);
            if (revised is null && !ReferenceEquals(verdict, judgement.Verdict))
            {
                revised = [.. judgements.Take(index).Select(earlier => earlier.Verdict), .. new Verdict[judgements.Count - index]];
            }

            if (revised is not null)
            {
                revised[index] = verdict;
            }
        }

        return revised is null ? judgements
            : judgements is JudgementList list ? list.With(revised)
            : [.. judgements.Zip(revised, (judgement, verdict) => judgement with { Verdict = verdict })];
    }

    public IEnumerator<Judgement> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private JudgementList With(Verdict[] others) => new(shape, targets, others);
}

/// <summary>Which rules were asked, and about which of an origin's targets.</summary>
/// <param name="Rules">In the catalogue's order.</param>
/// <param name="Targets">As many, by their place among the origin's targets.</param>
internal sealed record JudgementShape(RuleMetadata[] Rules, int[] Targets)
{
    public const int OriginItself = -1;

    public TargetObservation? TargetOf(int index, IReadOnlyList<TargetObservation> targets) =>
        Targets[index] == OriginItself ? null : targets[Targets[index]];

    /// <summary>Null where a judgement is of none of the targets.</summary>
    public static JudgementShape? Of(List<Judgement> judgements, IReadOnlyList<TargetObservation> targets)
    {
        var places = judgements.ConvertAll(judgement => PlaceOf(judgement.Target, targets));
        return places.Contains(null)
            ? null
            : new([.. judgements.Select(judgement => judgement.Rule)], [.. places.Select(place => place!.Value)]);
    }

    /// <summary>Whether these judgements, as many, are by the same rules about targets in the same places.</summary>
    public bool Fits(List<Judgement> judgements, IReadOnlyList<TargetObservation> targets)
    {
        for (var index = 0; index < Rules.Length; index++)
        {
            var judgement = judgements[index];
            if (!ReferenceEquals(judgement.Rule, Rules[index]) || !ReferenceEquals(judgement.Target, TargetOf(index, targets)))
            {
                return false;
            }
        }

        return true;
    }

    private static int? PlaceOf(TargetObservation? target, IReadOnlyList<TargetObservation> targets)
    {
        if (target is null)
        {
            return OriginItself;
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
