using OriginWatch.Rules;
using OriginWatch.Targets;

namespace OriginWatch.Audit;

/// <summary>One origin: what was seen, and every rule's answer.</summary>
public sealed record OriginReport
{
    public required Observation Observation { get; init; }
    public required OriginVerdict Verdict { get; init; }

    /// <summary>In the catalogue's order, after severity has followed the traffic.</summary>
    public required IReadOnlyList<Judgement> Judgements { get; init; }

    public PlannedOrigin Planned => Observation.Planned;

    /// <summary>What passes but is worth saying, without repetition.</summary>
    public IReadOnlyList<string> Remarks
    {
        get
        {
            List<string> remarks = [];
            for (var index = 0; index < Judgements.Count; index++)
            {
                if (Judgements[index].Verdict is Verdict.Pass { Remark: { } remark } && !remarks.Contains(remark))
                {
                    remarks.Add(remark);
                }
            }

            return remarks;
        }
    }
}
