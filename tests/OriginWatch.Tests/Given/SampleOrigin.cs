using System.Net;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Tests.Reporting;
using OriginWatch.Tls;
using OriginWatch.Trust;

namespace OriginWatch.Tests;

/// <summary>One origin of a made-up report: what was seen of it and what the rules said.</summary>
internal sealed record SampleOrigin
{
    public string DistributionId { get; init; } = "E1DEMO";
    public required string Id { get; init; }
    public string? DomainName { get; init; }
    public string? Comment { get; init; }
    public OriginKind Kind { get; init; } = OriginKind.Custom;
    public OriginProtocolPolicy Policy { get; init; } = OriginProtocolPolicy.HttpsOnly;
    public ChainAssessment? Chain { get; init; }
    public ProbeFailure? Failure { get; init; }

    /// <summary>What its HTTP port answered; null where that is not connected to.</summary>
    public ProbeResult? Http { get; init; }

    public TimeSpan HandshakeTime { get; init; } = TimeSpan.FromMilliseconds(31);
    public string? NotProbedBecause { get; init; }
    public OriginVerdict Verdict { get; init; } = OriginVerdict.Accepts;

    /// <summary>Answers about the origin's configuration.</summary>
    public IReadOnlyList<(RuleMetadata Rule, Verdict Verdict)> OfOrigin { get; init; } = [];

    /// <summary>Answers about its target.</summary>
    public IReadOnlyList<(RuleMetadata Rule, Verdict Verdict)> OfTarget { get; init; } = [];

    public PlannedOrigin Use(Distribution distribution) =>
        new()
        {
            Distribution = distribution,
            Origin = Origin,
            Kind = Kind,
            Behaviors = [new(distribution.DefaultCacheBehavior, null, IsPrimary: true, ShadowedBy: null)],
            HostForwarding = HostForwarding.NotForwarded,
            HostForwardingReason = "no behavior that reaches the origin forwards Host",
            Names = NotProbedBecause is null ? [Name] : [],
            NotProbedBecause = NotProbedBecause,
        };

    public Origin Origin =>
        new()
        {
            Id = Id,
            DomainName = DomainName ?? $"{Id}.example.com",
            IsS3 = Kind == OriginKind.S3,
            CustomOriginConfig =
                Kind == OriginKind.S3 ? null : new() { OriginProtocolPolicy = Policy, OriginSslProtocols = [TlsProtocol.Tls12] },
        };

    public JudgedOrigin Judge(Distribution distribution, DateTimeOffset now)
    {
        var target = new TargetObservation(Name, [new(Address, [new(Name.Target.Protocols, Attempt, Confirmation: null)])], 1);
        return new(
            new()
            {
                Planned = Use(distribution),
                Targets = NotProbedBecause is null ? [target] : [],
                Http = Http is null ? [] : [SeenOverHttp],
                Now = now,
            },
            [
                .. OfOrigin.Select(answer => new Judgement(answer.Rule, null, answer.Verdict)),
                .. OfTarget.Select(answer => new Judgement(answer.Rule, target, answer.Verdict)),
            ],
            Verdict
        );
    }

    private PlannedName Name =>
        new(
            new ProbeTarget
            {
                DomainName = Origin.DomainName,
                ServerName = Origin.DomainName,
                Port = 443,
                Protocols = new(TlsProtocol.Tls12, TlsProtocol.Tls13),
            },
            ServerNameRole.OriginDomain,
            Decides: true
        );

    private HttpObservation SeenOverHttp =>
        new(
            new() { DomainName = Origin.DomainName, Port = 80 },
            [new(Address, [new(new(), new(new(Address, new(), IsConfirmation: false, Http!), null), Confirmation: null)])],
            1
        );

    private static IPAddress Address => IPAddress.Parse("192.0.2.10");

    private SeenAttempt Attempt =>
        new(
            new ProbeAttempt(
                Address,
                Name.Target.Protocols,
                IsConfirmation: false,
                Failure is null
                    ? new Handshake
                    {
                        Seen = Flight,
                        ConnectTime = TimeSpan.FromMilliseconds(12),
                        HandshakeTime = HandshakeTime,
                    }
                    : Failure
            ),
            Chain
        );

    private static ServerFlight Flight =>
        new()
        {
            Protocol = TlsProtocol.Tls13,
            CipherSuite = 0x1301,
            NamedGroup = 0x001d,
            SignatureScheme = 0x0403,
            SecureRenegotiation = null,
        };
}
