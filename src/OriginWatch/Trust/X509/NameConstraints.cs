using System.Formats.Asn1;
using System.Numerics;

namespace OriginWatch.Trust.X509;

/// <summary>One GeneralSubtree of name constraints.</summary>
/// <param name="Base">What names are compared with.</param>
/// <param name="IsLimited">True with a minimum or maximum, which RFC 5280 forbids and libraries do not understand.</param>
internal sealed record Subtree(GeneralName Base, bool IsLimited)
{
    private const int V4Range = 8;
    private const int V6Range = 32;

    /// <summary>What RFC 5280, section 4.2.1.10, has against it, as a clause; null when nothing.</summary>
    public string? Pedantry =>
        Base.Form switch
        {
            _ when IsLimited => "a name constraint has a minimum or maximum (RFC 5280, section 4.2.1.10)",
            NameForm.Dns when Base.Text.StartsWith('.') => "a DNS name constraint begins with a dot (RFC 5280, section 4.2.1.10)",
            NameForm.Dns when Base.Text.Contains('*', StringComparison.Ordinal) =>
                "a DNS name constraint has a wildcard (RFC 5280, section 4.2.1.10)",
            NameForm.Email when Base.Text.Count(character => character == '@') > 1 =>
                "an e-mail constraint is malformed (RFC 5280, section 4.2.1.10)",
            NameForm.IpAddress when !IsRange => "an IP address constraint is malformed (RFC 5280, section 4.2.1.10)",
            _ => null,
        };

    /// <summary>True for an address and a mask of its length that is a prefix.</summary>
    public bool IsRange => Base.Content.Length is V4Range or V6Range && IsPrefix(Base.Content.Span[(Base.Content.Length / 2)..]);

    private static bool IsPrefix(ReadOnlySpan<byte> mask)
    {
        var inverse = ~new BigInteger(mask, isUnsigned: true, isBigEndian: true) & ((BigInteger.One << (mask.Length * 8)) - 1);
        return (inverse & (inverse + 1)).IsZero;
    }
}

/// <summary>The name constraints of a CA (RFC 5280, section 4.2.1.10).</summary>
/// <param name="Permitted">Empty where there are none.</param>
/// <param name="Excluded">Empty where there are none.</param>
internal sealed record NameConstraints(IReadOnlyList<Subtree> Permitted, IReadOnlyList<Subtree> Excluded)
{
    private static readonly Asn1Tag PermittedTag = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag ExcludedTag = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag Minimum = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Maximum = new(TagClass.ContextSpecific, 1);

    public int Count => Permitted.Count + Excluded.Count;

    public static NameConstraints Read(BerReader value)
    {
        var permitted = value.NextIs(PermittedTag) ? ReadSubtrees(value.ReadSequenceOf(PermittedTag)) : [];
        var excluded = value.NextIs(ExcludedTag) ? ReadSubtrees(value.ReadSequenceOf(ExcludedTag)) : [];
        value.ThrowIfNotEmpty();
        return new(permitted, excluded);
    }

    private static List<Subtree> ReadSubtrees(BerReader subtrees)
    {
        var result = new List<Subtree>();
        while (subtrees.HasData)
        {
            var subtree = subtrees.ReadSequence();
            var name = GeneralName.Read(ref subtree);
            var isLimited = subtree.HasData;
            if (subtree.NextIs(Minimum))
            {
                subtree.ReadInteger(Minimum);
            }

            if (subtree.NextIs(Maximum))
            {
                subtree.ReadInteger(Maximum);
            }

            subtree.ThrowIfNotEmpty();
            result.Add(new(name, isLimited));
        }

        return result;
    }
}
