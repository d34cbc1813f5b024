using OriginWatch.Rules;
using OriginWatch.Trust;

namespace OriginWatch.Audit;

/// <summary>Questions that several reporters ask of one origin.</summary>
internal static class OriginStory
{
    /// <summary>Why a target has no verdict, in the words of the rule that could not tell; null where it was judged.</summary>
    public static string? NotJudgedBecause(OriginReport origin, TargetObservation target)
    {
        for (var index = 0; index < origin.Judgements.Count; index++)
        {
            if (
                origin.Judgements[index] is { Verdict: Verdict.Undetermined { IsConsequence: false } undetermined } judgement
                && judgement.Target == target
            )
            {
                return undetermined.Reason;
            }
        }

        return null;
    }

    /// <summary>Every connection, by address and hello, the confirmation after what it confirms.</summary>
    public static IEnumerable<SeenAttempt> Attempts(IReadOnlyList<AddressObservation> addresses) =>
        addresses
            .SelectMany(address => address.Hellos)
            .SelectMany(hello => hello.Confirmation is { } confirmation ? new[] { hello.First, confirmation } : [hello.First]);

    /// <summary>The chain that speaks for a target: of the first address that showed one.</summary>
    public static ChainAssessment? Chain(TargetObservation target) =>
        target.Addresses.Select(address => address.Decisive.Last.Chain).FirstOrDefault(chain => chain is not null);

    /// <summary>The first of an origin's deciding targets that showed a chain.</summary>
    public static ChainAssessment? Chain(OriginReport origin) =>
        origin
            .Observation.Targets.OrderByDescending(target => target.Name.Decides)
            .Select(Chain)
            .FirstOrDefault(chain => chain is not null);

    /// <summary>When the chain stops being valid: the earliest end in the path; null where nothing could be parsed.</summary>
    public static DateTimeOffset? ExpiresAt(ChainAssessment? chain) =>
        (chain?.FirstToExpire ?? chain?.ServerCertificate) is { ParseError: null } certificate ? certificate.NotAfter : null;
}
