using OriginWatch.Trust.X509;

namespace OriginWatch.Trust.Paths;

/// <summary>Whether a certificate may be the issuer of another by what both say, before any signature is checked (X509_check_issued in
/// AWS-LC and OpenSSL).</summary>
internal static class IssuerMatch
{
    public static bool MayHaveIssued(ParsedCertificate issuer, ParsedCertificate certificate) =>
        issuer.Subject.Matches(certificate.Issuer)
        && !issuer.Notes.IsInvalid
        && !certificate.Notes.IsInvalid
        && KeyMismatch(issuer, certificate) is null
        && issuer.Extensions.MaySign;

    /// <summary>As the libraries understand it: one name, key identifiers that agree, a key that may sign. The signature itself is not
    /// checked.</summary>
    public static bool IsSelfSigned(ParsedCertificate certificate) =>
        certificate.HasOneName && KeyMismatch(certificate, certificate) is null && certificate.Extensions.MaySign;

    /// <summary>Where the authorityKeyIdentifier is about another issuer than this one, as a clause; null where it does not
    /// (X509_check_akid).</summary>
    public static string? KeyMismatch(ParsedCertificate issuer, ParsedCertificate certificate)
    {
        if (certificate.Extensions.AuthorityKey is not { } wanted)
        {
            return null;
        }

        return wanted.KeyId is { } keyId && issuer.Extensions.SubjectKeyId is { } offered && !keyId.Span.SequenceEqual(offered.Span)
                ? "names another key identifier"
            : wanted.Serial is { } serial && !serial.Span.SequenceEqual(issuer.SerialNumber.Span) ? "names another serial number"
            : wanted.Issuer is { } name && !name.Matches(issuer.Issuer) ? "names another issuer of the issuer"
            : null;
    }
}
