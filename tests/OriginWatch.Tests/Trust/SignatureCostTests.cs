using System.Security.Cryptography;
using OriginWatch.Trust.X509;

namespace OriginWatch.Tests.Trust;

/// <summary>What may be checked, and that nothing of it is priced as if the runtime checked it.</summary>
public class SignatureCostTests
{
    private const string Sha256Rsa = "1.2.840.113549.1.1.11";
    private const string Sha1Rsa = "1.2.840.113549.1.1.5";
    private const string Sha256Dsa = "2.16.840.1.101.3.4.3.2";
    private const string Sha256Ecdsa = "1.2.840.10045.4.3.2";

    [Theory]
    [InlineData(Sha256Rsa, 2_048, 2)]
    [InlineData(Sha256Rsa, 4_096, 5)]
    [InlineData(Sha256Rsa, 16_384, 80)]
    [InlineData(Sha1Rsa, 2_048, 25)]
    [InlineData(Sha1Rsa, 16_384, 1_600)]
    [InlineData(Sha256Rsa, 1_024, 2)]
    [InlineData(Sha256Rsa, 1_023, 25)]
    public void Rsa_costs_twenty_times_as_much_where_the_runtime_is_not_asked(string signature, int bits, int expected) =>
        SignatureCost.Of(Signature(signature), Key(KeyKind.Rsa, "RSA", bits)).ShouldBe(expected);

    [Theory]
    [InlineData("EC P-256", 256, 4, 45)]
    [InlineData("EC P-256", 256, 2, 180)]
    [InlineData("EC P-224", 224, 4, 180)]
    [InlineData("EC secp256k1", 256, 4, 180)]
    public void So_do_curves_and_points_that_it_may_not_know(string curve, int bits, byte form, int expected) =>
        SignatureCost.Of(Signature(Sha256Ecdsa), Key(KeyKind.EllipticCurve, curve, bits, form)).ShouldBe(expected);

    [Theory]
    [InlineData(4_600, true)]
    [InlineData(4_700, false)]
    [InlineData(16_384, false)]
    public void The_largest_Dsa_keys_are_not_tried(int bits, bool expected) =>
        (SignatureCost.Of(Signature(Sha256Dsa), Key(KeyKind.Dsa, "DSA", bits)) <= SignatureCost.MostOfOne).ShouldBe(expected);

    /// <summary>The largest RSA key that AWS-LC takes, with a hash that the runtime is not asked for, costs just as much as may be
    /// spent.</summary>
    [Fact]
    public void The_dearest_that_is_allowed_is_tried()
    {
        using var any = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var algorithm = Handmade.Sequence(Handmade.Oid(Sha1Rsa), [0x05, 0x00]);
        var certificate = CertificateParser.Parse(new Handmade { Algorithm = algorithm, InnerAlgorithm = algorithm }.SignedBy(any));
        byte[] modulus = [0, .. Enumerable.Repeat((byte)0xc1, 2_048)];
        var key = PublicKeyFacts.Read(
            Handmade.Sequence(
                Handmade.Sequence(Handmade.Oid("1.2.840.113549.1.1.1"), [0x05, 0x00]),
                Handmade.Element(0x03, [0, .. Handmade.Sequence(Handmade.Element(0x02, modulus), Handmade.Element(0x02, [1, 0, 1]))])
            )
        );

        SignatureCost.Of(certificate.SignatureAlgorithm, key).ShouldBe(SignatureCost.MostOfOne);
        SignatureVerifier.Verify(certificate, key, new()).ShouldBe(SignatureCheck.Invalid);
    }

    private static SignatureFacts Signature(string oid) => SignatureFacts.Read(Handmade.Sequence(Handmade.Oid(oid)));

    private static PublicKeyFacts Key(KeyKind kind, string name, int bits, byte form = 0x30) =>
        new(kind, name, bits, default, new byte[] { form });
}
