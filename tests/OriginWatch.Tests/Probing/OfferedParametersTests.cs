using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Operators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Tls;

namespace OriginWatch.Tests.Probing;

/// <summary>What CloudFront offers is common with a server, or is not, whatever the operating system would allow.</summary>
public class OfferedParametersTests
{
    private static readonly ProtocolSet Tls12 = new(TlsProtocol.Tls12);
    private static readonly int[] OldSuites = [0xc009, 0xc00a, 0xc013, 0xc014, 0x0035, 0x002f, 0x000a, 0x0004];

    public static TheoryData<TlsProtocol, int> DocumentedSuites()
    {
        var data = new TheoryData<TlsProtocol, int>();
        data.AddRange([.. ClientProfile.Documented.CipherSuites.Select(suite => (TlsProtocol.Tls12, suite))]);
        foreach (var protocol in new[] { TlsProtocol.Tls10, TlsProtocol.Tls11 })
        {
            data.AddRange([.. OldSuites.Select(suite => (protocol, suite))]);
        }

        data.AddRange([.. OldSuites[4..].Select(suite => (TlsProtocol.Ssl3, suite))]);
        return data;
    }

    [Theory]
    [MemberData(nameof(DocumentedSuites))]
    public async Task Negotiates_every_documented_suite_in_every_version_that_knows_it(TlsProtocol protocol, int suite)
    {
        var isEcdsa = TlsNames.CipherSuite(suite).Contains("ECDSA", StringComparison.Ordinal);
        var shape = (isEcdsa ? Prober.EcdsaShape : Prober.RsaShape) with { Protocols = new(protocol), CipherSuites = [suite] };

        var seen = (await Completes(shape, new(protocol), ClientProfile.Documented)).Seen;

        seen.Protocol.ShouldBe(protocol);
        seen.CipherSuite.ShouldBe(suite);
        seen.NamedGroup.ShouldBe(TlsNames.CipherSuite(suite).StartsWith("ECDHE", StringComparison.Ordinal) ? 0x17 : null);
        seen.SignatureScheme.HasValue.ShouldBe(protocol == TlsProtocol.Tls12 && seen.NamedGroup is not null);
    }

    [Fact]
    public async Task A_server_with_P521_only_is_rejected() =>
        await Rejects(Prober.RsaShape with { NamedGroups = [0x19], CipherSuites = [0x1301, 0xc02f, 0xc013] });

    [Fact]
    public async Task A_server_with_finite_field_Diffie_Hellman_only_is_rejected() =>
        await Rejects(Prober.RsaShape with { Protocols = Tls12, CipherSuites = [0x9e, 0x9f, 0x33, 0x39] });

    [Fact]
    public async Task A_server_with_ChaCha20_only_at_TLS_12_is_rejected() =>
        await Rejects(Prober.RsaShape with { Protocols = Tls12, CipherSuites = [0xcca8] });

    [Fact]
    public async Task A_server_with_an_Ed25519_key_is_rejected()
    {
        var shape = Ed25519();
        await Rejects(shape with { Protocols = Tls12 });
        await Rejects(shape with { Protocols = new(TlsProtocol.Tls13) });
    }

    [Fact]
    public async Task A_server_with_PSS_only_at_TLS_12_divides_the_profiles()
    {
        var shape = Prober.RsaShape with { Protocols = Tls12, SignatureScheme = 0x0804, CipherSuites = [0xc02f] };

        (await Prober.FailAsync(shape, profile: ClientProfile.Documented)).Seen.Alerts.ShouldContain(alert =>
            alert.Received && alert.Number == 40
        );
        ClientProfile.NewerOnly((await Completes(shape)).Seen).ShouldBe("the signature scheme rsa_pss_rsae_sha256");
    }

    [Fact]
    public async Task A_server_with_static_RSA_and_GCM_only_divides_the_profiles()
    {
        var shape = Prober.RsaShape with { Protocols = Tls12, CipherSuites = [0x9c] };

        (await Prober.FailAsync(shape, profile: ClientProfile.Documented)).Seen.Alerts.ShouldContain(alert =>
            alert.Received && alert.Number == 40
        );
        ClientProfile.NewerOnly((await Completes(shape)).Seen).ShouldBe("the cipher suite AES128-GCM-SHA256");
    }

    [Fact]
    public async Task TLS_13_is_offered_by_the_newer_profile_alone()
    {
        var shape = Prober.EcdsaShape with { Protocols = new(TlsProtocol.Tls13) };

        (await Prober.FailAsync(shape, profile: ClientProfile.Documented)).Seen.Alerts.ShouldContain(alert =>
            alert.Received && alert.Number == 70
        );
        var seen = (await Completes(shape)).Seen;
        ClientProfile.NewerOnly(seen).ShouldBe("TLS 1.3");
        seen.NamedGroup.ShouldBe(0x17);
        seen.SignatureScheme.ShouldBe(0x0403);
    }

    [Fact]
    public async Task A_hole_in_the_versions_is_a_hole_in_the_hello()
    {
        var versions = new ProtocolSet(TlsProtocol.Tls10, TlsProtocol.Tls12);

        (await Prober.FailAsync(Prober.RsaShape with { Protocols = new(TlsProtocol.Tls11) }, versions)).Reason.ShouldBeOneOf(
            FailureReason.AlertReceived,
            FailureReason.NoCommonProtocol
        );
        (await Completes(Prober.RsaShape with { Protocols = new(TlsProtocol.Tls10) }, versions)).Seen.Protocol.ShouldBe(TlsProtocol.Tls10);
        (await Completes(Prober.RsaShape with { Protocols = new(TlsProtocol.Tls11, TlsProtocol.Tls12) }, versions)).Seen.Protocol.ShouldBe(
            TlsProtocol.Tls12
        );
    }

    [Theory]
    [InlineData(0x17)]
    [InlineData(0x18)]
    [InlineData(0x1d)]
    public async Task Each_group_is_negotiated_also_after_a_HelloRetryRequest(int group)
    {
        foreach (var protocol in new[] { TlsProtocol.Tls12, TlsProtocol.Tls13 })
        {
            (await Completes(Prober.RsaShape with { NamedGroups = [group], Protocols = new(protocol) })).Seen.NamedGroup.ShouldBe(group);
        }
    }

    private static async Task<Handshake> Completes(TlsServerShape shape, ProtocolSet? protocols = null, ClientProfile? profile = null)
    {
        var result = await Prober.LookAsync(shape, protocols, profile);
        return result.ShouldBeOfType<Handshake>((result as ProbeFailure)?.Detail);
    }

    private static async Task Rejects(TlsServerShape shape)
    {
        foreach (var profile in new[] { ClientProfile.Documented, ClientProfile.Newer })
        {
            var failure = await Prober.FailAsync(shape, profile: profile);
            failure.Reason.ShouldBe(FailureReason.AlertReceived);
            failure.Seen.Alerts.ShouldContain(alert => alert.Received && (alert.Number == 40 || alert.Number == 70), failure.Detail);
        }
    }

    /// <summary>.NET makes no Ed25519 certificates.</summary>
    private static TlsServerShape Ed25519()
    {
        var generator = new Ed25519KeyPairGenerator();
        generator.Init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        var keys = generator.GenerateKeyPair();
        var certificate = new X509V3CertificateGenerator();
        certificate.SetSerialNumber(BigInteger.One);
        certificate.SetIssuerDN(new X509Name($"CN={Prober.Name}"));
        certificate.SetSubjectDN(new X509Name($"CN={Prober.Name}"));
        certificate.SetNotBefore(DateTime.UtcNow.AddDays(-1));
        certificate.SetNotAfter(DateTime.UtcNow.AddDays(1));
        certificate.SetPublicKey(keys.Public);
        return new()
        {
            Chain = [certificate.Generate(new Asn1SignatureFactory("Ed25519", keys.Private)).GetEncoded()],
            PrivateKey = PrivateKeyInfoFactory.CreatePrivateKeyInfo(keys.Private).GetEncoded(),
        };
    }
}
