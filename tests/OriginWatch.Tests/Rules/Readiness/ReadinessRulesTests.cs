using OriginWatch.Inventory;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Rules.Readiness;
using OriginWatch.Tls;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Rules.Readiness;

public class ReadinessRulesTests
{
    private const string Name = "origin.example.com";
    private static readonly CertificateAuthority Root = CertificateAuthority.CreateRoot("CN=Readiness Root", Given.Now);
    private static readonly ChainVerifier Verifier = new(TrustStore.FromPem(Root.Certificate.ExportCertificatePem(), "test"));

    [Fact]
    public void An_HTTP_only_origin_that_would_pass_is_told_so() =>
        WouldUseHttps(Given.Handshake(), Chain(Name))
            .ShouldBeOfType<Verdict.Fail>()
            .Detail.ShouldBe("served over HTTP only, but port 443 is ready for HTTPS (TLSv1.3, trusted certificate for the name)");

    [Fact]
    public void An_HTTP_only_origin_with_another_name_would_not_pass() =>
        WouldUseHttps(Given.Handshake(), Chain("other.example.com"))
            .ShouldBe(new Verdict.Pass($"HTTPS on port 443 would not work today: the certificate is not for {Name}"));

    [Fact]
    public void An_HTTP_only_origin_without_trust_would_not_pass() =>
        WouldUseHttps(Given.Handshake(), Assess(CertificateAuthority.SelfSigned(Name, Given.Now))).ShouldBeOfType<Verdict.Pass>();

    [Fact]
    public void An_HTTP_only_origin_that_refuses_would_not_pass() =>
        WouldUseHttps(Given.Refused(), null).ShouldBe(new Verdict.Pass("HTTPS on port 443 would not work today: connection refused"));

    [Theory]
    [InlineData(FailureReason.RunDeadline)]
    [InlineData(FailureReason.ConnectTimeout)]
    [InlineData(FailureReason.ResolverTimeout)]
    [InlineData(FailureReason.ResetBeforeServerHello)]
    public void Nothing_is_said_of_a_port_that_was_not_seen(FailureReason reason) =>
        WouldUseHttps(Given.Refused() with { Reason = reason }, null).ShouldBeOfType<Verdict.NotApplicable>().IsUnreached.ShouldBeTrue();

    [Fact]
    public void An_origin_over_HTTPS_is_not_asked() =>
        new UsesHttpsWhereItCould().Judge(Given.Observation()).ShouldHaveSingleItem().Verdict.ShouldBeOfType<Verdict.NotApplicable>();

    [Theory]
    [InlineData(TlsProtocol.Tls12, null, typeof(Verdict.Fail))]
    [InlineData(TlsProtocol.Tls13, TlsProtocol.Tls12, typeof(Verdict.Fail))]
    [InlineData(TlsProtocol.Tls10, null, typeof(Verdict.Pass))]
    public void Old_versions_can_go_where_TLS_12_is_negotiated(TlsProtocol negotiated, TlsProtocol? alsoAccepted, Type verdict) =>
        OldVersions(new Handshake { Seen = new() { Protocol = negotiated } }, alsoAccepted).ShouldBeOfType(verdict);

    [Fact]
    public void Old_versions_are_needed_perhaps_where_the_second_pass_was_not_made() =>
        OldVersions(new Handshake { Seen = new() { Protocol = TlsProtocol.Tls13 } }, null)
            .ShouldBeOfType<Verdict.Undetermined>()
            .IsConsequence.ShouldBeTrue();

    [Fact]
    public void Old_versions_of_an_origin_that_fails_are_left_alone() =>
        OldVersions(Given.Refused(), null).ShouldBeOfType<Verdict.NotApplicable>().IsUnreached.ShouldBeTrue();

    [Fact]
    public void Old_versions_that_are_not_listed_do_not_matter() =>
        new OldVersionsAreNeeded().Judge(Given.Observation()).ShouldHaveSingleItem().Verdict.ShouldBeOfType<Verdict.NotApplicable>();

    private static Verdict WouldUseHttps(ProbeResult result, ChainAssessment? chain)
    {
        var use = Given.Use(Given.Distribution(Given.Origin(policy: "http-only")));
        var address = Given.Address("192.0.2.1", result);
        var seen = address with { Hellos = [address.Hellos[0] with { First = address.Hellos[0].First with { Chain = chain } }] };
        return new UsesHttpsWhereItCould().Judge(Given.Observation(use, Given.Seen(seen))).ShouldHaveSingleItem().Verdict;
    }

    private static Verdict OldVersions(ProbeResult result, TlsProtocol? alsoAccepted)
    {
        var origin = Given.Origin() with
        {
            CustomOriginConfig = new()
            {
                OriginProtocolPolicy = OriginProtocolPolicy.HttpsOnly,
                OriginSslProtocols = [TlsProtocol.Tls10, TlsProtocol.Tls12],
            },
        };
        var observation = Given.Observation(Given.Use(Given.Distribution(origin)), Given.Seen(Given.Address("192.0.2.1", result)));
        return new OldVersionsAreNeeded()
            .Judge(observation with { AlsoAccepts = alsoAccepted is { } version ? new AcceptedVersions(new(version), new()) : null })
            .ShouldHaveSingleItem()
            .Verdict;
    }

    private static ChainAssessment Chain(string name) => Assess(Root.IssueLeaf(name));

    private static ChainAssessment Assess(System.Security.Cryptography.X509Certificates.X509Certificate2 leaf) =>
        Verifier.Assess(ServedChain.Parse([leaf.RawDataMemory]), Given.Now);
}
