using System.Formats.Asn1;

namespace OriginWatch.Trust.X509;

/// <summary>Whether cRLDistributionPoints can be decoded (RFC 5280, section 4.2.1.13). Nobody fetches the lists, but AWS-LC and OpenSSL
/// refuse a certificate where they cannot.</summary>
internal static class DistributionPoints
{
    private static readonly Asn1Tag Name = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Reasons = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag Issuer = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag FullName = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag RelativeName = new(TagClass.ContextSpecific, 1);

    /// <exception cref="AsnContentException">They cannot.</exception>
    public static void Check(BerReader points)
    {
        while (points.HasData)
        {
            var point = points.ReadSequence();
            if (point.NextIs(Name))
            {
                CheckName(point.ReadSequence(Name));
            }

            if (point.NextIs(Reasons))
            {
                point.ReadBits(out _, Reasons);
            }

            if (point.NextIs(Issuer))
            {
                GeneralNames.Read(point.ReadSequenceOf(Issuer));
            }

            point.ThrowIfNotEmpty();
        }
    }

    private static void CheckName(BerReader name)
    {
        if (name.NextIs(FullName))
        {
            GeneralNames.Read(name.ReadSequenceOf(FullName));
        }
        else
        {
            var relative = name.ReadSequenceOf(RelativeName);
            while (relative.HasData)
            {
                NameAttribute.Read(relative.ReadSequence());
            }
        }

        name.ThrowIfNotEmpty();
    }
}
