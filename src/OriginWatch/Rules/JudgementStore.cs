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
        var kind = (judgements.Count, targets.Count);
        var verdicts = new Verdict[judgements.Count];
        for (var index = 0; index < verdicts.Length; index++)
        {
            verdicts[index] = Keep(judgements[index].Verdict);
        }

        if (_kinds.TryGetValue(kind, out var known) && known.Shape.Fits(judgements, targets))
        {
            return new JudgementList(known.Shape, targets, Same(known.Verdicts, verdicts) ? known.Verdicts : verdicts);
        }

        if (JudgementShape.Of(judgements, targets) is not { } shape)
        {
            return judgements;
        }

        _kinds.TryAdd(kind, (shape, verdicts));
        return new JudgementList(shape, targets, verdicts);
    }

    /// <summary>What passes or does not apply mostly says the same of every origin.</summary>
    private Verdict Keep(Verdict verdict) =>
        verdict is not (Verdict.Pass or Verdict.NotApplicable) ? verdict
        : _verdicts.TryGetValue(verdict, out var known) ? known
        : _verdicts.Count < MostVerdicts ? _verdicts.GetOrAdd(verdict, verdict)
        : verdict;

    /// <summary>Verdicts that say the same are one object here.</summary>
    private static bool Same(Verdict[] one, Verdict[] other)
    {
        for (var index = 0; index < one.Length; index++)
        {
            if (!ReferenceEquals(one[index], other[index]))
            {
                return false;
            }
        }

        return true;
    }
}
