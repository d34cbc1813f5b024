using System.Net;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Text;
using OriginWatch.Tls;
using OriginWatch.Trust;

namespace OriginWatch.Conformance;

/// <summary>Puts a chain to the rules as if an origin had served it: the answer is what viewers would get.</summary>
public static class S2nRunner
{
    private static readonly RuleCatalog Catalog = new(new());
    private static readonly ProtocolSet Offered = new(TlsProtocol.Tls12);

    /// <summary>Rejected when a rule that rejects traffic fails at High or above; the reason is the first such rule and its
    /// evidence.</summary>
    public static (bool IsAccepted, string Reason) Run(S2nCase chain, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(chain);
        try
        {
            var verifier = new ChainVerifier(TrustStore.FromPem(string.Concat(chain.Roots), "roots"));
            var sent = chain.Chain.SelectMany(PemCertificates.Read).Select(der => (ReadOnlyMemory<byte>)der).ToList();
            var rejection = Rejection(
                new Handshake { Seen = new() { Protocol = TlsProtocol.Tls12 } },
                verifier.Assess(verifier.Parse(sent), now),
                chain.Name,
                now
            );
            return (rejection is null, rejection ?? "");
        }
        catch (OperatorException exception)
        {
            return (false, exception.Message);
        }
#pragma warning disable CA1031 // A chain that crashes the verifier is a result too, and the others are still to be run.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return (false, $"the rules crashed: {exception}");
        }
    }

    /// <summary>The first rule that says that CloudFront rejects what was met under a name, and its evidence; null where none
    /// does.</summary>
    public static string? Rejection(ProbeResult result, ChainAssessment? chain, string name, DateTimeOffset now) =>
        Rejection(Observe(result, chain, name, now));

    private static string? Rejection(Observation observation) =>
        Catalog
            .Rules.Where(rule => rule.Metadata.RejectsTraffic)
            .SelectMany(rule => rule.Judge(observation))
            .Where(judgement => judgement.Verdict is Verdict.Fail fail && (fail.Severity ?? judgement.Rule.Severity) >= Severity.High)
            .Select(judgement => $"{judgement.Rule.Id} {((Verdict.Fail)judgement.Verdict).Detail}")
            .FirstOrDefault();

    private static Observation Observe(ProbeResult result, ChainAssessment? chain, string name, DateTimeOffset now)
    {
        var origin = new Origin
        {
            Id = "origin",
            DomainName = name,
            CustomOriginConfig = new() { OriginProtocolPolicy = OriginProtocolPolicy.HttpsOnly, OriginSslProtocols = [TlsProtocol.Tls12] },
        };
        var behavior = new CacheBehavior { TargetOriginId = origin.Id, ViewerProtocolPolicy = new("https-only") };
        var planned = new PlannedName(
            new()
            {
                DomainName = name,
                Port = 443,
                ServerName = name,
                Protocols = Offered,
            },
            ServerNameRole.OriginDomain,
            Decides: true
        );
        var attempt = new SeenAttempt(new(IPAddress.Loopback, Offered, IsConfirmation: false, result), chain);
        return new()
        {
            Planned = new()
            {
                Distribution = new()
                {
                    Id = "E1EXAMPLE",
                    DomainName = "d111.cloudfront.net",
                    Origins = [origin],
                    DefaultCacheBehavior = behavior,
                },
                Origin = origin,
                Kind = OriginKind.Custom,
                Behaviors = [new(behavior, OriginGroupId: null, IsPrimary: true, ShadowedBy: null)],
                HostForwarding = HostForwarding.NotForwarded,
                Names = [planned],
            },
            Targets = [new(planned, [new(IPAddress.Loopback, [new(Offered, attempt, null)])], 1)],
            Now = now,
        };
    }
}
