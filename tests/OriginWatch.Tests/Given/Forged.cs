using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OriginWatch.Tests.Trust;

namespace OriginWatch.Tests;

/// <summary>What is to stand in a certificate that no CA would issue.</summary>
internal sealed record Recipe
{
    public string Subject { get; init; } = $"CN={TestPki.Name}";
    public IReadOnlyList<string>? DnsNames { get; init; }
    public IReadOnlyList<IPAddress> IpAddresses { get; init; } = [];
    public DateTimeOffset NotBefore { get; init; } = TestPki.Now.AddDays(-30);
    public DateTimeOffset NotAfter { get; init; } = TestPki.Now.AddDays(60);
    public HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;

    /// <summary>0 for ECDSA.</summary>
    public int RsaBits { get; init; }

    public ECCurve Curve { get; init; } = ECCurve.NamedCurves.nistP256;
    public AsymmetricAlgorithm? Key { get; init; }

    /// <summary>Null without basicConstraints.</summary>
    public bool? IsCa { get; init; } = false;

    public int? PathLength { get; init; }
    public X509KeyUsageFlags? KeyUsage { get; init; }
    public IReadOnlyList<string>? ExtendedKeyUsage { get; init; } = ["1.3.6.1.5.5.7.3.1"];
    public byte[]? NameConstraints { get; init; }
    public IReadOnlyList<X509Extension> Extensions { get; init; } = [];
    public bool HasKeyIds { get; init; } = true;
    public byte[] Serial { get; init; } = [0x45, 0x01, 0x02, 0x03];

    /// <summary>Where the issuer's certificate is said to be.</summary>
    public IReadOnlyList<string> IssuerAddresses { get; init; } = [];

    public static Recipe Authority(string subject) =>
        new()
        {
            Subject = subject,
            NotBefore = TestPki.Now.AddYears(-1),
            NotAfter = TestPki.Now.AddYears(5),
            IsCa = true,
            KeyUsage = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign,
            ExtendedKeyUsage = null,
            DnsNames = [],
        };
}

/// <summary>A certificate made by a recipe, with its key, that may issue others whether it is allowed to or not.</summary>
internal sealed class Forged
{
    private Forged(X509Certificate2 certificate, AsymmetricAlgorithm key) => (Certificate, Key) = (certificate, key);

    public X509Certificate2 Certificate { get; }

    public AsymmetricAlgorithm Key { get; }

    public static Forged Root(Recipe recipe)
    {
        var key = KeyOf(recipe);
        return new(Build(recipe, key, null), key);
    }

    public Forged Issue(Recipe recipe)
    {
        var key = KeyOf(recipe);
        return new(Build(recipe, key, this), key);
    }

    private static AsymmetricAlgorithm KeyOf(Recipe recipe) =>
        recipe.Key ?? (recipe.RsaBits > 0 ? RSA.Create(recipe.RsaBits) : ECDsa.Create(recipe.Curve));

    private static X509Certificate2 Build(Recipe recipe, AsymmetricAlgorithm key, Forged? issuer)
    {
        var subject = new X500DistinguishedName(recipe.Subject);
        var request = key is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)key, HashAlgorithmName.SHA256);
        AddExtensions(request, recipe, issuer);
        return request.Create(
            issuer?.Certificate.SubjectName ?? subject,
            new Signer(issuer?.Key ?? key, recipe.Hash),
            recipe.NotBefore,
            recipe.NotAfter,
            recipe.Serial
        );
    }

    private static void AddExtensions(CertificateRequest request, Recipe recipe, Forged? issuer)
    {
        if (recipe.IsCa is { } isCa)
        {
            request.CertificateExtensions.Add(
                new X509BasicConstraintsExtension(isCa, recipe.PathLength is not null, recipe.PathLength ?? 0, critical: true)
            );
        }

        if (recipe.KeyUsage is { } usage)
        {
            request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, critical: true));
        }

        if (recipe.ExtendedKeyUsage is { } usages)
        {
            var oids = new OidCollection();
            foreach (var oid in usages)
            {
                oids.Add(new Oid(oid));
            }

            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(oids, critical: false));
        }

        if (recipe.NameConstraints is { } constraints)
        {
            request.CertificateExtensions.Add(new X509Extension("2.5.29.30", constraints, critical: true));
        }

        if (recipe.IssuerAddresses.Count > 0)
        {
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension([], recipe.IssuerAddresses));
        }

        AddNames(request, recipe);
        AddKeyIds(request, recipe, issuer);
        foreach (var extension in recipe.Extensions)
        {
            request.CertificateExtensions.Add(extension);
        }
    }

    private static void AddNames(CertificateRequest request, Recipe recipe)
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in recipe.DnsNames ?? [TestPki.Name])
        {
            names.AddDnsName(name);
        }

        foreach (var address in recipe.IpAddresses)
        {
            names.AddIpAddress(address);
        }

        if ((recipe.DnsNames?.Count ?? 1) + recipe.IpAddresses.Count > 0)
        {
            request.CertificateExtensions.Add(names.Build());
        }
    }

    private static void AddKeyIds(CertificateRequest request, Recipe recipe, Forged? issuer)
    {
        if (!recipe.HasKeyIds)
        {
            return;
        }

        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        if (issuer is not null)
        {
            request.CertificateExtensions.Add(
                X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(
                    new X509SubjectKeyIdentifierExtension(issuer.Certificate.PublicKey, critical: false)
                )
            );
        }
    }

    /// <summary>Signs with any hash: the runtime's own generators take SHA-2 alone.</summary>
    private sealed class Signer(AsymmetricAlgorithm key, HashAlgorithmName hash) : X509SignatureGenerator
    {
        private static readonly Dictionary<(bool Rsa, string Hash), string> Oids = new()
        {
            [(true, "MD5")] = "1.2.840.113549.1.1.4",
            [(true, "SHA1")] = "1.2.840.113549.1.1.5",
            [(true, "SHA256")] = "1.2.840.113549.1.1.11",
            [(false, "SHA1")] = "1.2.840.10045.4.1",
            [(false, "SHA256")] = "1.2.840.10045.4.3.2",
            [(false, "SHA384")] = "1.2.840.10045.4.3.3",
        };

        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm)
        {
            var writer = new AsnWriter(AsnEncodingRules.DER);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Oids[(key is RSA, hash.Name!)]);
                if (key is RSA)
                {
                    writer.WriteNull();
                }
            }

            return writer.Encode();
        }

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm) =>
            key is RSA rsa
                ? rsa.SignData(data, hash, RSASignaturePadding.Pkcs1)
                : ((ECDsa)key).SignData(data, hash, DSASignatureFormat.Rfc3279DerSequence);

        protected override PublicKey BuildPublicKey() => key is RSA rsa ? new(rsa) : new((ECDsa)key);
    }
}
