using OriginWatch.Text;

namespace OriginWatch.Trust.X509;

/// <summary>What one certificate by itself breaks of the profiles of RFC 5280 and the CA/Browser Forum.</summary>
internal static class CertificateProfile
{
    private const int WithExtensions = 3;

    public static void Examine(ParsedCertificate certificate, CertificateNotes notes)
    {
        notes.Add(NoteScope.BelowRoot, CertificateParser.SerialPedantry(certificate.SerialNumber.Span));
        notes.Add(
            NoteScope.Anywhere,
            certificate.PublicKey is { Kind: KeyKind.Rsa or KeyKind.RsaPss } key && key.Bits % 8 != 0
                ? $"its RSA modulus has {key.Bits} bits, not a multiple of eight (CA/Browser Forum, section 6.1.5)"
                : null
        );
        notes.Add(
            NoteScope.Anywhere,
            certificate.PublicKey.Kind is KeyKind.Edwards or KeyKind.RsaPss
                ? $"its key is of the kind {certificate.PublicKey.Name} (CA/Browser Forum, section 7.1.3.1)"
                : null
        );
        notes.Add(NoteScope.Anywhere, certificate.Version == WithExtensions ? null : $"it is of version {certificate.Version}");
        notes.Add(NoteScope.Anywhere, DerForm.HasShortestLengths(certificate.Raw.Span) ? null : "it is not in DER (RFC 5280, section 4.1)");
        ExamineLeaf(certificate, notes);
        ExamineIssuer(certificate, notes);
    }

    private static void ExamineLeaf(ParsedCertificate certificate, CertificateNotes notes)
    {
        var facts = certificate.Extensions;
        var signs = facts.KeyUsage?.HasFlag(KeyUsages.KeyCertSign);
        notes.Add(
            NoteScope.Server,
            facts.AuthorityKey is not null || certificate.IsSelfIssued
                ? null
                : "it has no authorityKeyIdentifier (RFC 5280, section 4.2.1.1)"
        );
        notes.Add(
            NoteScope.Server,
            signs == true && facts.IsCa != true ? "its key may sign certificates although it is no CA (RFC 5280, section 4.2.1.9)" : null
        );
        notes.Add(
            NoteScope.Server,
            signs == false && facts.IsCa == true ? "it is a CA whose key may not sign certificates (RFC 5280, section 4.2.1.3)" : null
        );
        notes.Add(
            NoteScope.Server,
            facts.NameConstraints is not null && facts.IsCa != true
                ? "it is no CA and has name constraints (RFC 5280, section 4.2.1.10)"
                : null
        );
        if (facts.SubjectAltNames is { } names)
        {
            notes.Add(
                NoteScope.Server,
                facts.SubjectAltNamesCritical && !certificate.Subject.IsEmpty
                    ? "its subjectAltName is critical although it has a subject (CA/Browser Forum, section 7.1.2.7.12)"
                    : null
            );
            notes.Add(
                NoteScope.Server,
                !facts.SubjectAltNamesCritical && certificate.Subject.IsEmpty
                    ? "its subjectAltName is not critical although it has no subject (RFC 5280, section 4.2.1.6)"
                    : null
            );
            notes.Add(NoteScope.Server, names.Count == 0 ? "its subjectAltName is empty" : null);
            notes.Add(
                NoteScope.Server,
                names.Dns.FirstOrDefault(name => !PresentedName.IsPreferred(name)) is { } odd
                    ? $"its DNS name {Describe.Name(odd)} is not in the preferred name syntax (RFC 5280, section 4.2.1.6)"
                    : null
            );
        }
    }

    private static void ExamineIssuer(ParsedCertificate certificate, CertificateNotes notes)
    {
        var facts = certificate.Extensions;
        notes.Add(NoteScope.Issuer, certificate.Subject.IsEmpty ? "it is a CA without a subject (RFC 5280, section 4.1.2.6)" : null);
        notes.Add(NoteScope.Issuer, facts.SubjectKeyId is null ? "it has no subjectKeyIdentifier (RFC 5280, section 4.2.1.2)" : null);
        notes.Add(
            NoteScope.Issuer,
            facts.AuthorityKey is not null || certificate.IsSelfIssued
                ? null
                : "it has no authorityKeyIdentifier (RFC 5280, section 4.2.1.1)"
        );
        if (certificate.IsSelfIssued)
        {
            notes.Add(
                NoteScope.Root,
                facts.ExtendedKeyUsage is null ? null : "it is a root with extKeyUsage (CA/Browser Forum, section 7.1.2.1.2)"
            );
            notes.Add(
                NoteScope.Root,
                facts is { AuthorityKeyId: { } authority, SubjectKeyId: { } own } && !authority.Span.SequenceEqual(own.Span)
                    ? "it is a root whose two key identifiers differ (CA/Browser Forum, section 7.1.2.1.3)"
                    : null
            );
        }
    }
}
