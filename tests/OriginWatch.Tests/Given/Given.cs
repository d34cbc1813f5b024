using System.Net;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Tls;
using OriginWatch.Trust;

namespace OriginWatch.Tests;

/// <summary>Plain values for tests that judge: one healthy origin of one distribution, to be changed with <c>with</c>.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 6, 0, 0, TimeSpan.Zero);

    public static readonly ProtocolSet Tls12And13 = new(TlsProtocol.Tls12, TlsProtocol.Tls13);

    public static Origin Origin(string id = "origin", string policy = "https-only") =>
        new()
        {
            Id = id,
            DomainName = $"{id}.example.com",
            CustomOriginConfig = new() { OriginProtocolPolicy = new(policy), OriginSslProtocols = [TlsProtocol.Tls12] },
        };

    public static CacheBehavior Behavior(string target = "origin", string viewerPolicy = "redirect-to-https") =>
        new() { TargetOriginId = target, ViewerProtocolPolicy = new(viewerPolicy) };

    public static Distribution Distribution(params Origin[] origins) =>
        new()
        {
            Id = "E1EXAMPLE",
            DomainName = "d111.cloudfront.net",
            Origins = origins.Length == 0 ? [Origin()] : origins,
            DefaultCacheBehavior = Behavior(origins.Length == 0 ? "origin" : origins[0].Id),
        };

    public static ProbeTarget Target(string name = "origin.example.com") =>
        new()
        {
            DomainName = name,
            Port = 443,
            ServerName = name,
            Protocols = Tls12And13,
        };

    public static PlannedOrigin Use(Distribution? distribution = null, Origin? origin = null)
    {
        var within = distribution ?? Distribution();
        var of = origin ?? within.Origins[0];
        return new()
        {
            Distribution = within,
            Origin = of,
            Kind = OriginKind.Custom,
            Behaviors = [new(within.DefaultCacheBehavior, OriginGroupId: null, IsPrimary: true, ShadowedBy: null)],
            HostForwarding = HostForwarding.NotForwarded,
            Names = [new(Target(of.DomainName), ServerNameRole.OriginDomain, Decides: true)],
        };
    }

    public static ProbeFailure Refused() =>
        new()
        {
            Stage = ProbeStage.Connect,
            Reason = FailureReason.ConnectionRefused,
            Detail = "connection refused",
        };

    public static Handshake Handshake() => new() { Seen = new() { Protocol = TlsProtocol.Tls13 } };

    public static SeenAttempt Attempt(ProbeResult result, string? address = "192.0.2.1", ChainAssessment? chain = null) =>
        new(new(address is null ? null : IPAddress.Parse(address), Tls12And13, IsConfirmation: false, result), chain);

    public static AddressObservation Address(string address, ProbeResult first, ProbeResult? confirmation = null) =>
        new(
            IPAddress.Parse(address),
            [new(Tls12And13, Attempt(first, address), confirmation is null ? null : Attempt(confirmation, address))]
        );

    public static TargetObservation Seen(params AddressObservation[] addresses) =>
        new(new(Target(), ServerNameRole.OriginDomain, Decides: true), addresses, addresses.Length);

    public static Observation Observation(PlannedOrigin? use = null, params TargetObservation[] targets) =>
        new()
        {
            Planned = use ?? Use(),
            Targets = targets.Length == 0 ? [Seen(Address("192.0.2.1", Handshake()))] : targets,
            Now = Now,
        };
}
