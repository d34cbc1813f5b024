using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;

namespace OriginWatch.Probing.Engine;

/// <summary>
/// Checks a signature with the platform's cryptography, which allocates a tenth of what the engine's does. Only its "yes" counts:
/// the platform may refuse hashes and key sizes by policy that CloudFront accepts, so anything else is asked of the engine.
/// </summary>
internal sealed class PlatformVerifier(SubjectPublicKeyInfo key, Func<TlsVerifier> engine) : TlsVerifier
{
    /// <summary>None: the schemes that need the whole message are not offered.</summary>
    public TlsStreamVerifier? GetStreamVerifier(DigitallySigned digitallySigned) =>
        IsPlatforms(digitallySigned) ? null : engine().GetStreamVerifier(digitallySigned);

    public bool VerifyRawSignature(DigitallySigned digitallySigned, byte[] hash) =>
        (
            IsPlatforms(digitallySigned)
            && PlatformSignature.IsValid(key, SignatureScheme.From(digitallySigned.Algorithm), hash, digitallySigned.Signature)
        ) || engine().VerifyRawSignature(digitallySigned, hash);

    /// <summary>Before TLS 1.2 there is no algorithm field, and the hash is MD5 and SHA-1 in one.</summary>
    private static bool IsPlatforms(DigitallySigned signed) =>
        signed.Algorithm is { } algorithm && PlatformSignature.HashOf(SignatureScheme.From(algorithm)) is not null;
}

/// <summary>The same for TLS 1.3, where the engine hands over what was signed instead of its hash.</summary>
internal sealed class Platform13Verifier(SubjectPublicKeyInfo key, int scheme, Func<Tls13Verifier> engine) : Tls13Verifier, IDisposable
{
    private const int RsaPkcs1 = 1;
    private readonly MemoryStream _signed = new();

    public Stream Stream => _signed;

    public bool VerifySignature(byte[] signature)
    {
        var signed = _signed.ToArray(); // the engine has closed the stream by now
        if (
            (scheme & 0xff) != RsaPkcs1
            && PlatformSignature.HashOf(scheme) is { } hash
            && PlatformSignature.IsValid(key, scheme, CryptographicOperations.HashData(hash, signed), signature)
        )
        {
            return true;
        }

        var verifier = engine();
        verifier.Stream.Write(signed);
        return verifier.VerifySignature(signature);
    }

    public void Dispose() => _signed.Dispose();
}

internal static class PlatformSignature
{
    private const int Ecdsa = 3;
    private const byte UncompressedPoint = 4;

    /// <summary>Null for schemes that are left to the engine.</summary>
    public static HashAlgorithmName? HashOf(int scheme) =>
        scheme switch
        {
            0x0401 or 0x0403 or 0x0804 => HashAlgorithmName.SHA256,
            0x0501 or 0x0503 or 0x0805 => HashAlgorithmName.SHA384,
            0x0601 or 0x0603 or 0x0806 => HashAlgorithmName.SHA512,
            _ => null,
        };

    /// <summary>False also where the platform does not want to say.</summary>
    public static bool IsValid(SubjectPublicKeyInfo key, int scheme, byte[] hash, byte[] signature)
    {
        try
        {
            if ((scheme & 0xff) == Ecdsa)
            {
                using var ecdsa = ECDsa.Create(Parameters(key));
                return ecdsa.VerifyHash(hash, signature, DSASignatureFormat.Rfc3279DerSequence);
            }

            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(key.GetDerEncoded(), out _);
            return rsa.VerifyHash(
                hash,
                signature,
                HashOf(scheme)!.Value,
                scheme >> 8 == 8 ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1
            );
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            return false;
        }
    }

    /// <summary>Point and curve as they are: the platform takes a third longer to read a SubjectPublicKeyInfo.</summary>
    private static ECParameters Parameters(SubjectPublicKeyInfo key)
    {
        var point = key.PublicKey.GetBytes();
        return point is [UncompressedPoint, ..] && key.Algorithm.Parameters is DerObjectIdentifier curve
            ? new()
            {
                Curve = ECCurve.CreateFromValue(curve.Id),
                Q = new() { X = point[1..(1 + (point.Length / 2))], Y = point[(1 + (point.Length / 2))..] },
            }
            : throw new CryptographicException("the key is no uncompressed point on a named curve");
    }
}
