using OriginWatch.Rules.Certificates;
using OriginWatch.Rules.Chains;
using OriginWatch.Rules.Configuration;
using OriginWatch.Rules.Reachability;
using OriginWatch.Rules.Readiness;

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
            new OriginDoesNotLeadBack(),
        ];

    private static Rule[] Reachability() =>
        [
            new DomainNameResolves(),
            new AcceptsConnections(),
            new AnswersTheHello(),
            new SpeaksTls(),
            new SharesAProtocolVersion(),
            new SharesParameters(),
            new CompletesTheHandshake(),
            new AcceptsAnSsl3Hello(),
            new DemandsNoClientCertificate(),
            new MessagesFitAmazonsLibrary(),
            new StillAnswersAsBefore(),
            new AcceptsHttpConnections(),
            new ErrorRateIsExplained(),
            new CloudFrontReachesTheOrigin(),
            new CloudFrontGetsAnAnswer(),
            new OriginAnswersWithoutServerError(),
            new HandshakeAndEdgeAgree(),
            new AcceptsTheServerName(),
        ];

    private static Rule[] Certificate(RuleThresholds thresholds) =>
        [
            new CertificateIsNotExpired(),
            new CertificateIsYetValid(),
            new CertificateIsNotExpiringSoon(thresholds),
            new CertificateCoversServerName(),
            new NamesAreInSubjectAltName(),
            new CertificateKeyIsUsable(),
            new KeysAreStrong(),
            new SignaturesAreStrong(),
            new CertificateAllowsServerAuthentication(),
            new CertificateLifetimeIsWithinLimit(),
            new CertificateFollowsProfile(),
            new RenewalIsNotOverdue(thresholds),
            new ClientCertificateIsNotExpiring(thresholds),
        ];

    private static Rule[] Chain(RuleThresholds _) =>
        [
            new CertificateIsNotSelfSigned(),
            new ChainIsComplete(),
            new ChainReachesTrustedRoot(),
            new RootStaysTrusted(),
            new ChainIsInOrder(),
            new ChainIsShort(),
            new ChainHasNothingSuperfluous(),
            new IssuersOutliveCertificate(),
            new ChainObeysItsConstraints(),
            new CertificatesAreReadable(),
            new AddressesServeTheSameChain(),
            new RootStaysInMozillasList(),
        ];

    private static Rule[] Readiness() => [new UsesHttpsWhereItCould(), new OldVersionsAreNeeded()];
}

/// <summary>The numbers that an operator may set.</summary>
public sealed record RuleThresholds
{
    /// <summary>Days before expiry from which it is Medium; null for the smaller of 21 days and a quarter of the lifetime.</summary>
    public int? ExpiryWarningDays { get; init; }

    /// <summary>Days before expiry from which it is High; null for the smaller of 7 days and a tenth of the lifetime, never under 24
    /// hours.</summary>
    public int? ExpiryUrgentDays { get; init; }
}
