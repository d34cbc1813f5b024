using System.Formats.Asn1;

namespace OriginWatch.Trust.X509;

/// <summary>Decodes the value of one extension after the other. Throws <see cref="AsnContentException"/> where one is malformed.</summary>
internal sealed class ExtensionReader(CertificateNotes notes)
{
    private const int UriTag = 6;
    private static readonly Asn1Tag KeyId = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag IssuerNames = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag IssuerSerial = new(TagClass.ContextSpecific, 2);

    public ExtensionFacts Facts { get; } = new();

    public void Read(string oid, bool critical, ReadOnlyMemory<byte> value)
    {
        var content = new ExtensionValue(oid, value, notes);
        switch (oid)
        {
            case Oids.BasicConstraints:
                ReadBasicConstraints(content.Sequence(), critical);
                break;
            case Oids.KeyUsage:
                Facts.KeyUsage = (KeyUsages)content.FirstByte();
                break;
            case Oids.NetscapeCertType:
                Facts.NetscapeCertType = content.FirstByte();
                break;
            case Oids.ExtendedKeyUsage:
                ReadExtendedKeyUsage(content.SequenceOf(), critical);
                break;
            case Oids.SubjectAltName:
                Facts.SubjectAltNamesCritical = critical;
                ReadSubjectAltNames(content.SequenceOf());
                break;
            case Oids.NameConstraints:
                ReadNameConstraints(content.Sequence());
                break;
            default:
                ReadRest(oid, critical, content);
                break;
        }
    }

    private void ReadRest(string oid, bool critical, ExtensionValue content)
    {
        switch (oid)
        {
            case Oids.SubjectKeyIdentifier:
                Facts.SubjectKeyId = content.Octets();
                break;
            case Oids.AuthorityKeyIdentifier:
                ReadAuthorityKeyIdentifier(content.Sequence());
                break;
            case Oids.CrlDistributionPoints:
                DistributionPoints.Check(content.SequenceOf());
                break;
            case Oids.AuthorityInformationAccess:
                notes.Add(NoteScope.Anywhere, critical ? "its authorityInfoAccess extension is critical (RFC 5280, section 4.2)" : null);
                ReadIssuerAddresses(content.SequenceOf());
                break;
            case Oids.CertificatePolicies:
                ReadPolicies(content.SequenceOf());
                break;
            case Oids.SignedCertificateTimestamps:
                Facts.IsPubliclyIssued = true;
                break;
            case Oids.PolicyConstraints when !critical:
                notes.Add(NoteScope.Anywhere, "its policyConstraints extension is not critical (RFC 5280, section 4.2.1.11)");
                break;
            default:
                break;
        }
    }

    private void ReadBasicConstraints(BerReader value, bool critical)
    {
        var isCa = value.NextIs(Asn1Tag.Boolean) ? value.ReadBoolean() : (byte)0;
        Facts.IsCa = isCa != 0;
        notes.Add(NoteScope.Anywhere, isCa is 0 or 0xff ? null : "the boolean in its basicConstraints is not in DER");
        if (value.HasData)
        {
            ReadPathLength(value.ReadInteger().Span);
        }

        value.ThrowIfNotEmpty();
        notes.Add(NoteScope.Issuer, critical ? null : "its basicConstraints extension is not critical (RFC 5280, section 4.2.1.9)");
    }

    /// <summary>One that is too long for a number is no limit at all to AWS-LC.</summary>
    private void ReadPathLength(ReadOnlySpan<byte> digits)
    {
        var isNegative = (digits[0] & 0x80) != 0;
        if (isNegative || Facts.IsCa != true)
        {
            notes.Refuse(
                isNegative ? "its path length is negative" : "it has a path length and is no CA (RFC 5280, section 4.2.1.9)",
                isNegative ? RejectedBy.Libraries : RejectedBy.AmazonAlone
            );
            return;
        }

        var magnitude = digits.TrimStart((byte)0);
        if (magnitude.Length > sizeof(int))
        {
            notes.Add(NoteScope.Anywhere, "its path length is larger than any path");
            return;
        }

        var length = 0L;
        foreach (var digit in magnitude)
        {
            length = (length << 8) | digit;
        }

        Facts.PathLength = length;
    }

    private void ReadExtendedKeyUsage(BerReader value, bool critical)
    {
        var usages = new List<string>();
        while (value.HasData)
        {
            usages.Add(value.ReadOid());
        }

        Facts.ExtendedKeyUsage = usages;
        notes.Add(NoteScope.Server, critical ? "its extKeyUsage extension is critical (CA/Browser Forum, section 7.1.2.7.6)" : null);
        notes.Add(
            NoteScope.Server,
            usages.Contains(Oids.AnyExtendedKeyUsage) ? "it allows any extended key usage (CA/Browser Forum, section 7.1.2.7.10)" : null
        );
    }

    private void ReadSubjectAltNames(BerReader value)
    {
        Facts.SubjectAltNames = GeneralNames.Read(value);
        notes.Add(
            NoteScope.Anywhere,
            Facts.SubjectAltNames.All.FirstOrDefault(name => name.Form == NameForm.IpAddress && !name.IsAddress) is { } odd
                ? $"an IP address in its subjectAltName is {odd.Content.Length} bytes long (RFC 5280, section 4.2.1.6)"
                : null
        );
    }

    private void ReadNameConstraints(BerReader value)
    {
        var constraints = NameConstraints.Read(value);
        Facts.NameConstraints = constraints;
        notes.Add(NoteScope.Anywhere, constraints.Count == 0 ? "its name constraints are empty (RFC 5280, section 4.2.1.10)" : null);
        notes.Add(
            NoteScope.Anywhere,
            constraints.Permitted.Concat(constraints.Excluded).Select(subtree => subtree.Pedantry).OfType<string>().FirstOrDefault()
        );
    }

    private void ReadAuthorityKeyIdentifier(BerReader value)
    {
        var keyId = value.NextIs(KeyId) ? value.ReadOctets(KeyId) : (ReadOnlyMemory<byte>?)null;
        var issuer = value.NextIs(IssuerNames) ? GeneralNames.Read(value.ReadSequenceOf(IssuerNames)) : null;
        var serial = value.HasData ? value.ReadInteger(IssuerSerial) : (ReadOnlyMemory<byte>?)null;
        value.ThrowIfNotEmpty();
        Facts.AuthorityKey = new(keyId, issuer?.All.FirstOrDefault(name => name.Form == NameForm.Directory)?.Directory, serial);
        notes.Add(
            NoteScope.Anywhere,
            keyId is null ? "its authorityKeyIdentifier has no key identifier (RFC 5280, section 4.2.1.1)" : null
        );
        notes.Add(
            NoteScope.Anywhere,
            issuer is not null || serial is not null
                ? "its authorityKeyIdentifier names issuer and serial number (CA/Browser Forum, section 7.1.2.11.1)"
                : null
        );
    }

    private void ReadIssuerAddresses(BerReader value)
    {
        notes.Add(NoteScope.Anywhere, value.HasData ? null : "its authorityInfoAccess extension is empty");
        var addresses = new List<string>();
        while (value.HasData)
        {
            var description = value.ReadSequence();
            var method = description.ReadOid();
            var tag = description.PeekTag();
            var location = description.ReadContent(tag);
            if (method == Oids.CaIssuers && tag.TagClass == TagClass.ContextSpecific && tag.TagValue == UriTag)
            {
                addresses.Add(BerReader.Ia5(location));
            }
        }

        Facts.IssuerAddresses = addresses;
    }

    private void ReadPolicies(BerReader value)
    {
        while (value.HasData)
        {
            Facts.IsPubliclyIssued |= value.ReadSequence().ReadOid().StartsWith(Oids.CaBrowserForumPolicies, StringComparison.Ordinal);
        }
    }
}
