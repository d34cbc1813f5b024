using OriginWatch.Rules.Configuration;

namespace OriginWatch.Rules;

/// <summary>Every rule, in the order of the ids. A literal list: adding a rule is one file and one line here.</summary>
public sealed class RuleCatalog
{
    public RuleCatalog(RuleThresholds thresholds)
    {
        ArgumentNullException.ThrowIfNull(thresholds);
        Rules = [.. Configuration(), .. Reachability(), .. Certificate(thresholds), .. Chain(thresholds), .. Readiness()];
    }

    /// <summary>Ordered by id.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    private static Rule[] Configuration() =>
    [
        new OriginIsNotHttpOnly(),
        new MatchViewerIsReachedOverHttpsOnly(),
        new Ssl3IsNotAllowed(),
        new Tls10AndTls11AreNotAllowed(),
        new OriginIsNotAnS3Website(),
        new S3BucketIsReachedOverHttpsOnly(),
        new GrpcIsHttpsEndToEnd(),
        new OriginGroupMembersAgreeOnProtocol(),
        new OriginIsUsed(),
        new BehaviorIsNotShadowed(),
        new ErrorResponsesDoNotMaskTheOrigin(),
        new HttpsPortIsUsable(),
        new EdgeFunctionsLeaveTheOriginAlone(),
        new HostForwardingIsKnown(),
        new OriginCanAnswerToTheNameAskedFor(),
        new MutualTlsIsAlwaysInForce(),
        new SslProtocolsAreStated(),
    ];

    private static Rule[] Reachability() =>
    [
    ];

    private static Rule[] Certificate(RuleThresholds _) =>
    [
    ];

    private static Rule[] Chain(RuleThresholds _) =>
    [
    ];

    private static Rule[] Readiness() =>
    [
    ];
}

/// <summary>The numbers that an operator may set.</summary>
public sealed record RuleThresholds
{
    /// <summary>Days before expiry from which it is Medium; null for the smaller of 21 days and a quarter of the lifetime.</summary>
    public int? ExpiryWarningDays { get; init; }

    /// <summary>Days before expiry from which it is High; null for the smaller of 7 days and a tenth of the lifetime, never under 24 hours.</summary>
    public int? ExpiryUrgentDays { get; init; }
}
