using System.Buffers;
using System.Formats.Asn1;
using System.Globalization;
using System.Text;
using OriginWatch.Text;

namespace OriginWatch.Trust.X509;

/// <summary>A name of a subject or an issuer.</summary>
internal sealed class DistinguishedName
{
    private const int T61String = 20;
    private const int UniversalString = 28;
    private static readonly SearchValues<char> Escaped = SearchValues.Create(",+\"\\<>;");

    private DistinguishedName(IReadOnlyList<string> parts, string text, string? commonName, IReadOnlyList<string> emails)
        => (Parts, Key, Text, CommonName, Emails) = (parts, string.Concat(parts), text, commonName, emails);

    /// <summary>Each relative name in the form in which names are compared (RFC 5280, section 7.1): letters folded, spaces collapsed, string types forgotten.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>All parts in one, to look a name up by.</summary>
    public string Key { get; }

    /// <summary>RFC 4514, most specific part first.</summary>
    public string Text { get; }

    /// <summary>The last one, as s2n takes it.</summary>
    public string? CommonName { get; }

    public IReadOnlyList<string> Emails { get; }

    public bool IsEmpty => Parts.Count == 0;

    public static DistinguishedName Read(DerReader name)
    {
        var parts = new List<string>();
        var texts = new List<string>();
        var emails = new List<string>();
        string? commonName = null;
        while (name.HasData)
        {
            var set = name.ReadSet();
            var values = new List<string>();
            var canonical = new StringBuilder();
            while (set.HasData)
            {
                var (oid, value) = ReadAttribute(set.ReadSequence());
                values.Add($"{ShortName(oid)}={Escape(value)}");
                canonical.Append(oid).Append('=').Append(Fold(value)).Append('\u0001');
                commonName = oid == Oids.CommonName ? value : commonName;
                if (oid == Oids.EmailAddress)
                {
                    emails.Add(value);
                }
            }

            texts.Add(string.Join('+', values));
            parts.Add(canonical.Append('\u0002').ToString());
        }

        texts.Reverse();
        return new(parts, string.Join(',', texts), commonName, emails);
    }

    public override string ToString() => Text;

    public bool Matches(DistinguishedName other) => string.Equals(Key, other.Key, StringComparison.Ordinal);

    /// <summary>True when <paramref name="subtree"/> is a prefix of this name (RFC 5280, section 4.2.1.10).</summary>
    public bool IsWithin(DistinguishedName subtree)
    {
        if (subtree.Parts.Count > Parts.Count)
        {
            return false;
        }

        for (var index = 0; index < subtree.Parts.Count; index++)
        {
            if (!string.Equals(Parts[index], subtree.Parts[index], StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    private static (string Oid, string Value) ReadAttribute(DerReader attribute)
    {
        var oid = attribute.ReadOid();
        var tag = attribute.PeekTag();
        var content = attribute.ReadContent().Span;
        attribute.ThrowIfNotEmpty();
        return (oid, Decode(tag, content));
    }

    private static string Decode(Asn1Tag tag, ReadOnlySpan<byte> content) => tag.TagClass == TagClass.Universal
        ? tag.TagValue switch
        {
            (int)UniversalTagNumber.UTF8String => Encoding.UTF8.GetString(content),
            (int)UniversalTagNumber.BMPString => Encoding.BigEndianUnicode.GetString(content),
            UniversalString => new UTF32Encoding(bigEndian: true, byteOrderMark: false).GetString(content),
            (int)UniversalTagNumber.PrintableString or (int)UniversalTagNumber.IA5String or (int)UniversalTagNumber.VisibleString
                or (int)UniversalTagNumber.NumericString or T61String => Encoding.Latin1.GetString(content),
            _ => "#" + Convert.ToHexStringLower(content),
        }
        : "#" + Convert.ToHexStringLower(content);

    private static string Fold(string value)
        => string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToLowerInvariant();

    private static string Escape(string value)
        => !value.AsSpan().ContainsAny(Escaped) && !value.StartsWith('#') && !value.StartsWith(' ') && !value.EndsWith(' ')
            ? value
            : EscapeAll(value);

    private static string EscapeAll(string value)
    {
        var text = new StringBuilder();
        for (var index = 0; index < value.Length; index++)
        {
            var character = value[index];
            var atEdge = (index == 0 && character is ' ' or '#') || (index == value.Length - 1 && character == ' ');
            text.Append(atEdge || Escaped.Contains(character) ? string.Create(CultureInfo.InvariantCulture, $"\\{character}") : character.ToString());
        }

        return text.ToString();
    }

    private static string ShortName(string oid) => oid switch
    {
        Oids.CommonName => "CN",
        "2.5.4.4" => "SN",
        "2.5.4.5" => "serialNumber",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.9" => "STREET",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "2.5.4.97" => "organizationIdentifier",
        "0.9.2342.19200300.100.1.25" => "DC",
        "0.9.2342.19200300.100.1.1" => "UID",
        Oids.EmailAddress => "emailAddress",
        _ => oid,
    };
}
