using OriginWatch.Inventory;

namespace OriginWatch.Rules;

/// <summary>What CloudFront's numbers mean for an origin's verdict, which they never change.</summary>
public enum TrafficMeaning
{
    /// <summary>Numbers that prove nothing for this origin.</summary>
    Counted,

    /// <summary>Rejected, and viewers get errors.</summary>
    Agrees,

    /// <summary>Rejected, and viewers get none.</summary>
    Contradicts,

    /// <summary>Accepted, and viewers get 502.</summary>
    Unexplained,

    /// <summary>Silent towards the probe, and CloudFront fetches from it without errors.</summary>
    Reaches,

    /// <summary>Silent towards the probe, and towards CloudFront too.</summary>
    CannotReach,
}

/// <param name="Counted">The numbers of the distribution.</param>
/// <param name="Meaning">For this origin.</param>
/// <param name="Sentence">For people, without a full stop.</param>
public sealed record TrafficEvidence(DistributionTraffic Counted, TrafficMeaning Meaning, string Sentence);
