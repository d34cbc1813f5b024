using System.Globalization;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust.Paths;

/// <summary>
/// May each certificate of a path do what it does there (check_chain_extensions and X509_check_purpose for TLS servers in AWS-LC,
/// s2n_x509_validator_verify_intent)?
/// The last one, a root, must be a CA and is asked for nothing else.
/// </summary>
internal static class PurposeCheck
{
    private const byte NetscapeSslServer = 0x40;
    private const KeyUsages TlsUsages = KeyUsages.DigitalSignature | KeyUsages.KeyEncipherment | KeyUsages.KeyAgreement;

    public static void Check(CandidatePath path, int index, FaultList faults)
    {
        var certificate = path.Certificates[index];
        if (index > 0)
        {
            CheckIssuer(path, index, faults);
        }

        if (path.IsTop(index))
        {
            return;
        }

        if (!certificate.Extensions.AllowsServerAuth)
        {
            Add(certificate, "its extended key usage does not include server authentication", faults, WhoMindsUsage(certificate));
        }

        if (index == 0)
        {
            CheckServer(certificate, faults);
        }
    }

    /// <summary>OpenSSL takes the old usages for export cryptography for server authentication, AWS-LC does not.</summary>
    private static RejectedBy WhoMindsUsage(ParsedCertificate certificate) =>
        certificate.Extensions.ExtendedKeyUsage!.Any(usage => usage is Oids.MicrosoftServerGatedCrypto or Oids.NetscapeServerGatedCrypto)
            ? RejectedBy.AmazonAlone
            : RejectedBy.Libraries;

    private static void CheckServer(ParsedCertificate certificate, FaultList faults)
    {
        if (certificate.Extensions.KeyUsage is { } usage && (usage & TlsUsages) == KeyUsages.None)
        {
            Add(certificate, "its key usage allows neither signing nor key exchange", faults);
        }

        if (certificate.Extensions.NetscapeCertType is { } type && (type & NetscapeSslServer) == 0)
        {
            Add(certificate, "its Netscape certificate type is not that of a TLS server", faults);
        }
    }

    private static void CheckIssuer(CandidatePath path, int index, FaultList faults)
    {
        var issuer = path.Certificates[index];
        var facts = issuer.Extensions;
        if (!facts.MaySign)
        {
            faults.AddInvalid(issuer, "it issued a certificate and its key usage does not allow that");
        }
        else if (facts.IsCa != true && !(issuer.Version == 1 && IssuerMatch.IsSelfSigned(issuer)))
        {
            faults.AddInvalid(
                issuer,
                facts.IsCa is null ? "it issued a certificate and has no basicConstraints" : "it issued a certificate and is no CA"
            );
        }

        CheckPathLength(path, index, faults);
    }

    /// <summary>AWS-LC counts no certificate whose two names are equal, and does not ask such a one for its path length.</summary>
    private static void CheckPathLength(CandidatePath path, int index, FaultList faults)
    {
        var issuer = path.Certificates[index];
        if (issuer.Extensions.PathLength is not { } length)
        {
            return;
        }

        var below = path.Certificates.Take(index).Skip(1).Count(certificate => !certificate.HasOneName);
        var counted = path.Certificates.Take(index).Count(certificate => !certificate.HasOneName) - 1;
        var what = string.Create(CultureInfo.InvariantCulture, $"it allows {length} CAs below it and has {below}");
        if (index > 1 && !issuer.HasOneName && counted > length)
        {
            faults.AddInvalid(issuer, what);
        }
        else if (below > length)
        {
            faults.AddPedantic(issuer, $"{what} (RFC 5280, section 4.2.1.9)");
        }
    }

    private static void Add(ParsedCertificate certificate, string what, FaultList faults, RejectedBy who = RejectedBy.Libraries) =>
        faults.Add(
            ChainFaultKind.NoServerAuth,
            certificate,
            what,
            "Have a certificate issued for server authentication (TLS web server).",
            who
        );
}
