using System.Formats.Asn1;

namespace OriginWatch.Trust.X509;

/// <summary>A range of IP addresses, by base and mask of equal length.</summary>
internal sealed record AddressRange(ReadOnlyMemory<byte> Base, ReadOnlyMemory<byte> Mask);

/// <summary>One side of the name constraints: what is permitted, or what is excluded.</summary>
internal sealed class Subtrees : NameForms<AddressRange>
{
    private const int IpV4Range = 8;
    private const int IpV6Range = 32;

    public static Subtrees Read(DerReader subtrees)
    {
        var result = new Subtrees();
        while (subtrees.HasData)
        {
            result.ReadOne(subtrees.ReadSequence());
        }

        result.Defect ??= result.Dns.Exists(name => name.Contains('*', StringComparison.Ordinal)) ? "a wildcard in a DNS name constraint"
            : result.Emails.Exists(name => name.Count(character => character == '@') > 1) ? "a malformed e-mail constraint" : null;
        return result;
    }

    protected override void AddAddress(ReadOnlyMemory<byte> content)
    {
        var half = content.Length / 2;
        if (content.Length is not (IpV4Range or IpV6Range) || !IsPrefix(content.Span[half..]))
        {
            Defect = "a malformed IP address constraint";
            return;
        }

        Ips.Add(new(content[..half], content[half..]));
    }

    private void ReadOne(DerReader subtree)
    {
        ReadOne(ref subtree);
        if (subtree.HasData)
        {
            Defect = "a subtree with minimum or maximum (RFC 5280, section 4.2.1.10)";
        }
    }

    private static bool IsPrefix(ReadOnlySpan<byte> mask)
    {
        var ended = false;
        foreach (var octet in mask)
        {
            for (var bit = 0x80; bit > 0; bit >>= 1)
            {
                var set = (octet & bit) != 0;
                if (set && ended)
                {
                    return false;
                }

                ended |= !set;
            }
        }

        return true;
    }
}

/// <summary>The name constraints of a CA (RFC 5280, section 4.2.1.10).</summary>
internal sealed record NameConstraints(Subtrees? Permitted, Subtrees? Excluded)
{
    public string? Defect => Permitted?.Defect ?? Excluded?.Defect;

    public int Count => (Permitted?.Count ?? 0) + (Excluded?.Count ?? 0);

    public static NameConstraints Read(DerReader value)
    {
        var permittedTag = new Asn1Tag(TagClass.ContextSpecific, 0);
        var excludedTag = new Asn1Tag(TagClass.ContextSpecific, 1);
        var permitted = value.NextIs(permittedTag) ? Subtrees.Read(value.ReadSequence(permittedTag)) : null;
        var excluded = value.NextIs(excludedTag) ? Subtrees.Read(value.ReadSequence(excludedTag)) : null;
        value.ThrowIfNotEmpty();
        return new(permitted, excluded);
    }
}
