using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Tests.Targets;
using OriginWatch.Tls;

namespace OriginWatch.Tests.Rules.Configuration;

/// <summary>Asks a configuration rule about an origin as it is planned; nothing is probed.</summary>
internal static class ConfigurationRules
{
    public static readonly OriginProtocolPolicy[] EveryPolicy =
    [
        OriginProtocolPolicy.HttpOnly,
        OriginProtocolPolicy.MatchViewer,
        OriginProtocolPolicy.HttpsOnly,
    ];

    public static Verdict Judge<TRule>(PlannedOrigin use)
        where TRule : OriginRule, new() =>
        new TRule()
            .Judge(
                new Observation
                {
                    Planned = use,
                    Targets = [],
                    Now = DateTimeOffset.UnixEpoch,
                }
            )
            .ShouldHaveSingleItem()
            .Verdict;

    public static Verdict Judge<TRule>(Distribution distribution, string originId = "app")
        where TRule : OriginRule, new() => Judge<TRule>(Sample.Use(distribution, originId));

    public static Verdict Judge<TRule>(Origin origin)
        where TRule : OriginRule, new() => Judge<TRule>(Sample.Distribution(origin), origin.Id);

    public static Verdict.Fail Fails(this Verdict verdict) => verdict.ShouldBeOfType<Verdict.Fail>();

    public static void Passes(this Verdict verdict) => verdict.ShouldBeOfType<Verdict.Pass>();

    public static void IsNotApplicable(this Verdict verdict) => verdict.ShouldBeOfType<Verdict.NotApplicable>();

    public static void IsUndetermined(this Verdict verdict) => verdict.ShouldBeOfType<Verdict.Undetermined>();

    /// <summary>A distribution with a VPC origin alone, whose endpoint is as given, or could not be read.</summary>
    public static PlannedOrigin VpcUse(OriginProtocolPolicy? policy, params IReadOnlyList<TlsProtocol> protocols)
    {
        var listing = Sample.Listing(Sample.Distribution(Sample.Vpc()));
        return Sample.Use(
            policy is { } known
                ? listing with
                {
                    VpcOrigins = new Dictionary<string, VpcOriginEndpoint>
                    {
                        ["vo_1"] = new("vo_1", "arn:aws:ec2:…", known, protocols, 80, 443),
                    },
                }
                : listing,
            "private"
        );
    }

    public static Distribution WithBehaviors(this Distribution distribution, params IReadOnlyList<CacheBehavior> ordered) =>
        distribution with
        {
            CacheBehaviors = ordered,
        };

    public static Origin With(this Origin origin, Func<CustomOriginConfig, CustomOriginConfig> change) =>
        origin with
        {
            CustomOriginConfig = change(origin.CustomOriginConfig!),
        };
}
