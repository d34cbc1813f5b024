using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace OriginWatch.Loopback;

/// <summary>How a certificate made on the spot differs from a healthy one.</summary>
public sealed record CertificateShape
{
    public DateTimeOffset? NotBefore { get; init; }
    public DateTimeOffset? NotAfter { get; init; }
    public IReadOnlyList<string>? DnsNames { get; init; }
    public IReadOnlyList<IPAddress> IpAddresses { get; init; } = [];
    public string? Subject { get; init; }
    public bool Rsa { get; init; }
    public int KeyBits { get; init; }
}

/// <summary>A certification authority that lives in memory, for the demo, the canaries and the tests. Its keys never leave the
/// process.</summary>
public sealed class CertificateAuthority : IDisposable
{
    private const int SerialBytes = 16;
    private static readonly Oid ServerAuth = new("1.3.6.1.5.5.7.3.1");
    private readonly DateTimeOffset _now;

    private CertificateAuthority(X509Certificate2 certificate, CertificateAuthority? issuer, DateTimeOffset now) =>
        (Certificate, Issuer, _now) = (certificate, issuer, now);

    /// <summary>With its private key.</summary>
    public X509Certificate2 Certificate { get; }

    public CertificateAuthority? Issuer { get; }

    /// <summary>A self-signed root, valid from a year before <paramref name="now"/> for ten years.</summary>
    public static CertificateAuthority CreateRoot(string subject, DateTimeOffset now, bool rsa = false)
    {
        using var key = NewKey(rsa, 0);
        var request = CaRequest(subject, key);
        return new(request.CreateSelfSigned(now.AddYears(-1), now.AddYears(9)), null, now);
    }

    public CertificateAuthority CreateIntermediate(string subject, DateTimeOffset? notAfter = null, bool rsa = false)
    {
        using var key = NewKey(rsa, 0);
        return new(Sign(CaRequest(subject, key), key, _now.AddMonths(-6), notAfter ?? _now.AddYears(5)), this, _now);
    }

    /// <summary>A server certificate for <paramref name="name"/>, with its key; 90 days long, a third of them gone, unless the shape says
    /// otherwise.</summary>
    public X509Certificate2 IssueLeaf(string name, CertificateShape? shape = null)
    {
        shape ??= new();
        using var key = NewKey(shape.Rsa, shape.KeyBits);
        return Sign(LeafRequest(name, shape, key), key, shape.NotBefore ?? _now.AddDays(-30), shape.NotAfter ?? _now.AddDays(60));
    }

    /// <summary>A certificate that is self-signed.</summary>
    public static X509Certificate2 SelfSigned(string name, DateTimeOffset now, CertificateShape? shape = null)
    {
        shape ??= new();
        using var key = NewKey(shape.Rsa, shape.KeyBits);
        return LeafRequest(name, shape, key).CreateSelfSigned(shape.NotBefore ?? now.AddDays(-30), shape.NotAfter ?? now.AddDays(60));
    }

    public void Dispose() => Certificate.Dispose();

    private static AsymmetricAlgorithm NewKey(bool rsa, int bits) =>
        rsa
            ? RSA.Create(bits == 0 ? 2048 : bits)
            : ECDsa.Create(
                bits switch
                {
                    384 => ECCurve.NamedCurves.nistP384,
                    521 => ECCurve.NamedCurves.nistP521,
                    _ => ECCurve.NamedCurves.nistP256,
                }
            );

    private static CertificateRequest NewRequest(string subject, AsymmetricAlgorithm key) =>
        key is RSA rsa
            ? new(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new(subject, (ECDsa)key, HashAlgorithmName.SHA256);

    private static CertificateRequest CaRequest(string subject, AsymmetricAlgorithm key)
    {
        var request = NewRequest(subject, key);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true)
        );
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true)
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private static CertificateRequest LeafRequest(string name, CertificateShape shape, AsymmetricAlgorithm key)
    {
        var request = NewRequest(shape.Subject ?? $"CN={name}", key);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true)
        );
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(
                X509KeyUsageFlags.DigitalSignature | (shape.Rsa ? X509KeyUsageFlags.KeyEncipherment : X509KeyUsageFlags.None),
                critical: true
            )
        );
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([ServerAuth], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var names = new SubjectAlternativeNameBuilder();
        foreach (var dnsName in shape.DnsNames ?? [name])
        {
            names.AddDnsName(dnsName);
        }

        foreach (var address in shape.IpAddresses)
        {
            names.AddIpAddress(address);
        }

        request.CertificateExtensions.Add(names.Build());
        return request;
    }

    private X509Certificate2 Sign(CertificateRequest request, AsymmetricAlgorithm key, DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
                Certificate,
                includeKeyIdentifier: true,
                includeIssuerAndSerial: false
            )
        );
        var signer = Certificate.GetRSAPrivateKey() is { } rsa
            ? X509SignatureGenerator.CreateForRSA(rsa, RSASignaturePadding.Pkcs1)
            : X509SignatureGenerator.CreateForECDsa(Certificate.GetECDsaPrivateKey()!);
        var serial = RandomNumberGenerator.GetBytes(SerialBytes);
        serial[0] = (byte)((serial[0] & 0x7f) | 0x40); // positive, and no leading zero byte
        using var certificate = request.Create(Certificate.SubjectName, signer, notBefore, notAfter, serial);
        return key is RSA rsaKey ? certificate.CopyWithPrivateKey(rsaKey) : certificate.CopyWithPrivateKey((ECDsa)key);
    }
}
