using System.Formats.Asn1;

namespace OriginWatch.Trust.X509;

/// <summary>Reads the extensions of one certificate (RFC 5280, section 4.2) and notes what is wrong with them.</summary>
internal sealed class ExtensionParser(CertificateNotes notes)
{
    private const int UriTag = 6;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public ExtensionFacts Facts { get; } = new();

    public void Read(DerReader extensions)
    {
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var oid = extension.ReadOid();
            var critical = extension.NextIs(Asn1Tag.Boolean) && extension.ReadBoolean();
            var value = extension.ReadOctets();
            extension.ThrowIfNotEmpty();
            if (_seen.Add(oid))
            {
                Read(oid, critical, value);
            }
            else
            {
                notes.Defects.Add($"extension {oid} stands twice");
            }
        }
    }

    private void Read(string oid, bool critical, ReadOnlyMemory<byte> value)
    {
        try
        {
            Dispatch(oid, critical, value);
        }
        catch (AsnContentException)
        {
            // No client needs these two to build a path.
            var list = oid is Oids.AuthorityInformationAccess or Oids.CertificatePolicies ? notes.Pedantries : notes.Defects;
            list.Add($"its extension {oid} is malformed");
        }
    }

    private void Dispatch(string oid, bool critical, ReadOnlyMemory<byte> value)
    {
        switch (oid)
        {
            case Oids.BasicConstraints:
                ReadBasicConstraints(Sequence(value), critical);
                break;
            case Oids.KeyUsage:
                Facts.KeyUsage = new DerReader(value).ReadBits().Span is [var first, ..] ? (KeyUsages)first : KeyUsages.None;
                break;
            case Oids.ExtendedKeyUsage:
                ReadExtendedKeyUsage(Sequence(value), critical);
                break;
            case Oids.SubjectAltName:
                Facts.SubjectAltNamesCritical = critical;
                Facts.SubjectAltNames = GeneralNames.Read(Sequence(value));
                Note(notes.Defects, Facts.SubjectAltNames.Defect);
                break;
            case Oids.NameConstraints:
                ReadNameConstraints(Sequence(value));
                break;
            case Oids.SubjectKeyIdentifier:
                Facts.SubjectKeyId = new DerReader(value).ReadOctets();
                NoteCritical(critical, "subjectKeyIdentifier");
                break;
            case Oids.AuthorityKeyIdentifier:
                ReadAuthorityKeyIdentifier(Sequence(value), critical);
                break;
            default:
                DispatchUnused(oid, critical, value);
                break;
        }
    }

    private void DispatchUnused(string oid, bool critical, ReadOnlyMemory<byte> value)
    {
        switch (oid)
        {
            case Oids.AuthorityInformationAccess:
                NoteCritical(critical, "authorityInfoAccess");
                ReadIssuerAddresses(Sequence(value));
                break;
            case Oids.CertificatePolicies:
                ReadPolicies(Sequence(value));
                break;
            case Oids.SignedCertificateTimestamps:
                Facts.IsPubliclyIssued = true;
                break;
            case Oids.PolicyConstraints when !critical:
                notes.Pedantries.Add("its policyConstraints extension is not critical (RFC 5280, section 4.2.1.11)");
                break;
            default:
                Note(notes.Defects, critical && !IsUnderstood(oid) ? $"its critical extension {oid} is unknown" : null);
                break;
        }
    }

    private static bool IsUnderstood(string oid) => oid is Oids.PolicyConstraints or Oids.PolicyMappings or Oids.InhibitAnyPolicy or Oids.CrlDistributionPoints
        or Oids.IssuerAltName or Oids.FreshestCrl or Oids.SubjectDirectoryAttributes or Oids.SubjectInformationAccess or Oids.TlsFeature or Oids.OcspNoCheck or Oids.NetscapeCertType;

    private void ReadBasicConstraints(DerReader value, bool critical)
    {
        Facts.BasicConstraintsCritical = critical;
        Facts.IsCa = value.NextIs(Asn1Tag.Boolean) && value.ReadBoolean();
        if (value.HasData)
        {
            Facts.PathLength = value.ReadSmallInteger();
            Note(notes.Defects, Facts.PathLength < 0 ? "its path length is negative" : null);
        }

        value.ThrowIfNotEmpty();
        Note(notes.IssuerPedantries, critical ? null : "its basicConstraints extension is not critical (RFC 5280, section 4.2.1.9)");
    }

    private void ReadExtendedKeyUsage(DerReader value, bool critical)
    {
        var usages = new List<string>();
        while (value.HasData)
        {
            usages.Add(value.ReadOid());
        }

        Facts.ExtendedKeyUsage = usages;
        Note(notes.LeafPedantries, critical ? "its extKeyUsage extension is critical (CA/Browser Forum, section 7.1.2.7.6)" : null);
        Note(notes.LeafPedantries, usages.Contains(Oids.AnyExtendedKeyUsage) ? "it allows any extended key usage (CA/Browser Forum, section 7.1.2.7.10)" : null);
    }

    private void ReadNameConstraints(DerReader value)
    {
        var constraints = NameConstraints.Read(value);
        Facts.NameConstraints = constraints;
        Note(notes.Defects, constraints.Defect);
        Note(notes.Pedantries, constraints.Count == 0 ? "its name constraints are empty (RFC 5280, section 4.2.1.10)" : null);
        var leading = (constraints.Permitted?.Dns ?? []).Concat(constraints.Excluded?.Dns ?? []).Any(name => name.StartsWith('.'));
        Note(notes.Pedantries, leading ? "a DNS name constraint begins with a dot (RFC 5280, section 4.2.1.10)" : null);
    }

    private void ReadAuthorityKeyIdentifier(DerReader value, bool critical)
    {
        Facts.HasAuthorityKeyId = true;
        NoteCritical(critical, "authorityKeyIdentifier");
        var keyId = new Asn1Tag(TagClass.ContextSpecific, 0);
        Facts.AuthorityKeyId = value.NextIs(keyId) ? value.ReadOctets(keyId) : null;
        Note(notes.Pedantries, Facts.AuthorityKeyId is null ? "its authorityKeyIdentifier has no key identifier (RFC 5280, section 4.2.1.1)" : null);
        Note(notes.Pedantries, value.HasData ? "its authorityKeyIdentifier names issuer and serial number (CA/Browser Forum, section 7.1.2.11.1)" : null);
    }

    private void ReadIssuerAddresses(DerReader value)
    {
        Note(notes.Pedantries, value.HasData ? null : "its authorityInfoAccess extension is empty");
        var addresses = new List<string>();
        while (value.HasData)
        {
            var description = value.ReadSequence();
            var method = description.ReadOid();
            var tag = description.PeekTag();
            var location = description.ReadContent();
            if (method == Oids.CaIssuers && tag.TagClass == TagClass.ContextSpecific && tag.TagValue == UriTag)
            {
                addresses.Add(DerReader.Ia5(location));
            }
        }

        Facts.IssuerAddresses = addresses;
    }

    private void ReadPolicies(DerReader value)
    {
        while (value.HasData)
        {
            Facts.IsPubliclyIssued |= value.ReadSequence().ReadOid().StartsWith(Oids.CaBrowserForumPolicies, StringComparison.Ordinal);
        }
    }

    private void NoteCritical(bool critical, string name)
        => Note(notes.Pedantries, critical ? $"its {name} extension is critical (RFC 5280, section 4.2)" : null);

    private static void Note(List<string> list, string? text)
    {
        if (text is not null)
        {
            list.Add(text);
        }
    }

    private static DerReader Sequence(ReadOnlyMemory<byte> value)
    {
        var reader = new DerReader(value);
        var sequence = reader.ReadSequence();
        reader.ThrowIfNotEmpty();
        return sequence;
    }
}
