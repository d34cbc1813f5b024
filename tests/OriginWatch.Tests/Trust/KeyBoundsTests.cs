using System.Numerics;
using System.Security.Cryptography;
using OriginWatch.Rules;
using OriginWatch.Tests.Rules;
using OriginWatch.Trust;
using static OriginWatch.Tests.Handmade;

namespace OriginWatch.Tests.Trust;

/// <summary>Which keys AWS-LC decodes; one that it does not, anywhere in the list, ends the handshake of s2n-tls.</summary>
public class KeyBoundsTests
{
    private static readonly ECDsa RootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Theory]
    [InlineData(16_384, 65_537, true)]
    [InlineData(16_385, 65_537, false)]
    [InlineData(2_048, 3, true)]
    [InlineData(2_048, 1, false)]
    [InlineData(2_048, 2, false)]
    [InlineData(2_048, 0x1_0000_0001, true)]
    [InlineData(2_048, 0x2_0000_0001, false)]
    public void Rsa_is_bounded_in_its_modulus_and_its_exponent(int bits, long exponent, bool expected) =>
        IsDecoded(
                Sequence(
                    Sequence(Oid("1.2.840.113549.1.1.1"), [5, 0]),
                    Bits(Sequence(Number((BigInteger.One << (bits - 1)) + 1), Number(exponent)))
                )
            )
            .ShouldBe(expected);

    [Theory]
    [InlineData(10_000, 256, true)]
    [InlineData(10_001, 256, false)]
    [InlineData(1_024, 160, true)]
    [InlineData(1_024, 200, false)]
    public void Dsa_is_bounded_in_its_modulus_and_its_order(int bits, int order, bool expected) =>
        IsDecoded(
                Sequence(
                    Sequence(
                        Oid("1.2.840.10040.4.1"),
                        Sequence(Number((BigInteger.One << (bits - 1)) + 1), Number((BigInteger.One << (order - 1)) + 1), Number(2))
                    ),
                    Bits(Number(4))
                )
            )
            .ShouldBe(expected);

    [Theory]
    [InlineData("1.2.840.10045.3.1.7", true)]
    [InlineData("1.2.840.10045.3.1.1", false)]
    [InlineData("1.2.3.4", false)]
    public void A_curve_must_be_known_and_a_point_on_it(string curve, bool expected)
    {
        var point = RootKey.ExportSubjectPublicKeyInfo()[^65..];
        IsDecoded(Sequence(Sequence(Oid("1.2.840.10045.2.1"), Oid(curve)), Bits(point))).ShouldBe(expected);
        point[^1] ^= 1;
        IsDecoded(Sequence(Sequence(Oid("1.2.840.10045.2.1"), Oid(curve)), Bits(point))).ShouldBeFalse();
    }

    [Fact]
    public void A_chain_of_huge_Dsa_keys_costs_nothing()
    {
        var huge = Sequence(
            Sequence(
                Oid("1.2.840.10040.4.1"),
                Sequence(Number((BigInteger.One << 16_383) + 1), Number((BigInteger.One << 255) + 1), Number(2))
            ),
            Bits(Number(4))
        );
        var dsa = Sequence(Oid("2.16.840.1.101.3.4.3.2"));
        var twins = Enumerable.Range(0, 4).Select(_ => Authority("CA", RootKey) with { Issuer = Name("Root"), PublicKey = huge });
        var chain = Assess([
            new Handmade
            {
                Issuer = Name("CA"),
                Algorithm = dsa,
                InnerAlgorithm = dsa,
            },
            .. twins,
        ]);
        chain.Faults.ShouldContain(fault =>
            fault.Detail.Contains("its signature cannot be checked", StringComparison.Ordinal)
            && fault.Detail.EndsWith("its DSA modulus is longer than 10000 bits", StringComparison.Ordinal)
        );
        GivenChain.Failing(chain).ShouldContain(("OW410", Severity.High));
    }

    private static bool IsDecoded(byte[] publicKey)
    {
        var chain = Assess([new Handmade(), new Handmade { Subject = Name("Beside"), PublicKey = publicKey }]);
        return chain.Fault(ChainFaultKind.Unparseable) is null;
    }

    private static ChainAssessment Assess(IEnumerable<Handmade> sent)
    {
        var store = TrustStore.FromPem(PemCertificates.Write(Authority("Root", RootKey).SignedBy(RootKey)), "the test");
        return new ChainVerifier(store).Assess(
            ServedChain.Parse([.. sent.Select(certificate => (ReadOnlyMemory<byte>)certificate.SignedBy(RootKey))]),
            TestPki.Now
        );
    }

    private static byte[] Number(BigInteger number) => Element(0x02, number.ToByteArray(isUnsigned: false, isBigEndian: true));

    private static byte[] Bits(byte[] content) => Element(0x03, [0, .. content]);
}
