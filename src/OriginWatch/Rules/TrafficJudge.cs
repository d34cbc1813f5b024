using System.Globalization;
using OriginWatch.Inventory;
using OriginWatch.Rules.Reachability;

namespace OriginWatch.Rules;

/// <summary>Puts CloudFront's own numbers beside the verdicts of a distribution's origins. A verdict never changes by them; wording may,
/// and OW213 may fail.</summary>
internal static class TrafficJudge
{
    /// <summary>Fewer requests say nothing.</summary>
    private const int FewestRequests = 100;

    /// <summary>From this share of the requests on viewers notice.</summary>
    private const double Noticeable = 0.01;

    /// <summary>Below this share errors are noise.</summary>
    private const double Noise = 0.001;

    private static readonly RuleMetadata Rule = new ErrorRateIsExplained().Metadata;

    /// <summary>The distributions whose numbers could tell something: with a finding, or with an origin that could not be judged.</summary>
    public static IReadOnlyList<string> WorthAsking(IEnumerable<JudgedOrigin> judged) =>
        [
            .. judged
                .Where(origin =>
                    origin.Verdict == OriginVerdict.Undetermined
                    || origin.Judgements.Any(judgement =>
                        judgement.Verdict is Verdict.Fail fail && (fail.Severity ?? judgement.Rule.Severity) > Severity.Informational
                    )
                )
                .Select(origin => origin.Observation.Planned.Distribution.Id)
                .Distinct(StringComparer.Ordinal),
        ];

    public static List<JudgedOrigin> Judge(IReadOnlyList<JudgedOrigin> judged, IReadOnlyDictionary<string, DistributionTraffic> traffic)
    {
        var verdicts = judged.ToLookup(
            origin => origin.Observation.Planned.Distribution.Id,
            origin => origin.Verdict,
            StringComparer.Ordinal
        );
        return
        [
            .. judged.Select(origin =>
                traffic.GetValueOrDefault(origin.Observation.Planned.Distribution.Id) is { Requests: >= FewestRequests } counted
                    ? With(origin, counted, [.. verdicts[origin.Observation.Planned.Distribution.Id]])
                    : origin
            ),
        ];
    }

    private static JudgedOrigin With(JudgedOrigin origin, DistributionTraffic counted, IReadOnlyList<OriginVerdict> verdicts)
    {
        var (meaning, severity) = Weigh(origin.Verdict, counted, verdicts);
        var sentence = Say(meaning, counted, verdicts.Count);
        Verdict verdict = severity is { } weight
            ? new Verdict.Fail(sentence, weight, RemedyFor(meaning))
            : new Verdict.Pass(meaning == TrafficMeaning.Counted ? null : sentence);
        return origin with
        {
            Observation = origin.Observation with { Traffic = new(counted, meaning, sentence) },
            Judgements = JudgementList.Revise(origin.Judgements, judgement => judgement.Rule.Id == Rule.Id ? verdict : judgement.Verdict),
        };
    }

    private static (TrafficMeaning Meaning, Severity? Severity) Weigh(
        OriginVerdict verdict,
        DistributionTraffic counted,
        IReadOnlyList<OriginVerdict> verdicts
    )
    {
        var isAlone = verdicts.Count == 1;
        return verdict switch
        {
            OriginVerdict.Rejects when Share(counted, counted.BadGateways ?? counted.Errors) >= Noticeable => (TrafficMeaning.Agrees, null),
            OriginVerdict.Rejects when counted is { Errors: 0, Misses: null or > 0 } && isAlone => (TrafficMeaning.Contradicts, null),
            OriginVerdict.Accepts
                when counted.BadGateways is { } bad
                    && Share(counted, bad) >= Noticeable
                    && !verdicts.Any(other => other is OriginVerdict.Rejects or OriginVerdict.Undetermined) => (
                TrafficMeaning.Unexplained,
                Severity.Medium
            ),
            OriginVerdict.Undetermined
                when isAlone
                    && counted is { BadGateways: { } bad, GatewayTimeouts: { } late }
                    && Share(counted, bad + late) >= Noticeable => (TrafficMeaning.CannotReach, Severity.High),
            OriginVerdict.Undetermined when isAlone && counted.Misses >= FewestRequests && Share(counted, counted.Errors) <= Noise => (
                TrafficMeaning.Reaches,
                null
            ),
            _ => (TrafficMeaning.Counted, null),
        };
    }

    private static double Share(DistributionTraffic counted, long some) => (double)some / counted.Requests;

    private static string Say(TrafficMeaning meaning, DistributionTraffic counted, int origins)
    {
        var shared = origins > 1 ? string.Create(CultureInfo.InvariantCulture, $" (its {origins} origins share this number)") : "";
        var numbers = $"{Errors(meaning, counted)} of {Number(counted.Requests)} requests to this distribution in the last 24 h{shared}";
        return meaning switch
        {
            TrafficMeaning.Agrees => $"CloudFront agrees: it returned {numbers}",
            TrafficMeaning.Contradicts =>
                $"CloudFront returned no 5xx for {Number(counted.Requests)} requests to this distribution in the last 24 h: "
                    + "its cache still answers, or the probe is wrong",
            TrafficMeaning.Unexplained => $"CloudFront returned {numbers}, and the handshake does not explain it",
            TrafficMeaning.Reaches =>
                $"CloudFront reaches it: about {Number(counted.Misses ?? 0)} requests missed the cache in the last 24 h, "
                    + "and almost none failed; an allow-list blocks this probe",
            TrafficMeaning.CannotReach => $"CloudFront cannot reach it either: it returned {numbers}",
            _ => $"CloudFront returned {numbers}",
        };
    }

    private static string Errors(TrafficMeaning meaning, DistributionTraffic counted) =>
        (meaning, counted) switch
        {
            (TrafficMeaning.CannotReach, { BadGateways: { } bad, GatewayTimeouts: { } late }) =>
                $"HTTP 502 or 504 for about {Number(bad + late)}",
            (_, { BadGateways: { } bad }) => $"HTTP 502 for about {Number(bad)}",
            _ => $"5xx for about {Number(counted.Errors)}",
        };

    private static string? RemedyFor(TrafficMeaning meaning) =>
        meaning == TrafficMeaning.CannotReach
            ? "Start with the origin's network, DNS and servers: CloudFront fails as the probe did."
            : null;

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
