using System.Security.Cryptography;
using Org.BouncyCastle.Asn1.X509;
using OriginWatch.Probing.Engine;

namespace OriginWatch.Tests.Probing.Engine;

public class PlatformSignatureTests
{
    private static readonly byte[] Hash = SHA256.HashData("signed"u8);

    [Theory]
    [InlineData("nistP256", 0x0403)]
    [InlineData("nistP384", 0x0403)]
    [InlineData("nistP521", 0x0403)]
    public void A_signature_counts_only_under_the_key_that_made_it(string curve, int scheme)
    {
        using var key = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        using var other = ECDsa.Create(ECCurve.CreateFromFriendlyName(curve));
        var signature = key.SignHash(Hash, DSASignatureFormat.Rfc3279DerSequence);
        PlatformSignature.IsValid(KeyOf(key), scheme, Hash, signature).ShouldBeTrue();
        PlatformSignature.IsValid(KeyOf(other), scheme, Hash, signature).ShouldBeFalse();
        PlatformSignature.IsValid(KeyOf(key), scheme, SHA256.HashData("other"u8), signature).ShouldBeFalse();
        PlatformSignature.IsValid(KeyOf(key), scheme, Hash, [.. signature[..^1], (byte)(signature[^1] ^ 1)]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("compressed")]
    [InlineData("infinity")]
    [InlineData("one byte less")]
    [InlineData("beside the curve")]
    [InlineData("unknown curve")]
    public void Of_a_key_that_it_does_not_take_the_platform_says_nothing(string kind)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signature = key.SignHash(Hash, DSASignatureFormat.Rfc3279DerSequence);
        var point = KeyOf(key).PublicKey.GetBytes();
        byte[] shown = kind switch
        {
            "compressed" => [(byte)(2 + (point[^1] & 1)), .. point[1..33]],
            "infinity" => [0],
            "one byte less" => [.. point[..^1]],
            "beside the curve" => [.. point[..^1], (byte)(point[^1] ^ 1)],
            _ => [.. point],
        };
        var curve = kind == "unknown curve" ? "1.2.3.4" : "1.2.840.10045.3.1.7";
        var algorithm = new AlgorithmIdentifier(new("1.2.840.10045.2.1"), new Org.BouncyCastle.Asn1.DerObjectIdentifier(curve));
        PlatformSignature.IsValid(new(algorithm, shown), 0x0403, Hash, signature).ShouldBeFalse();
    }

    private static SubjectPublicKeyInfo KeyOf(ECDsa key) => SubjectPublicKeyInfo.GetInstance(key.ExportSubjectPublicKeyInfo());
}
