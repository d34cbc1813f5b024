using System.Buffers;
using System.Formats.Asn1;
using System.Globalization;
using System.Text;
using OriginWatch.Text;

namespace OriginWatch.Trust.X509;

/// <summary>A name of a subject or an issuer.</summary>
internal sealed class DistinguishedName
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(",+\"\\<>;");

    private DistinguishedName(IReadOnlyList<string> parts, string text, IReadOnlyList<NameAttribute> attributes) =>
        (Parts, Key, Text, Attributes) = (parts, string.Concat(parts), text, attributes);

    /// <summary>Each relative name in the form in which AWS-LC and OpenSSL compare names: attributes sorted, letters folded, spaces
    /// collapsed, string types forgotten.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>All parts in one, to look a name up by.</summary>
    public string Key { get; }

    /// <summary>RFC 4514, most specific part first.</summary>
    public string Text { get; }

    /// <summary>In the order in which they stand.</summary>
    public IReadOnlyList<NameAttribute> Attributes { get; }

    /// <summary>The last one, as s2n takes it.</summary>
    public string? CommonName => CommonNames.LastOrDefault()?.Text;

    public IEnumerable<NameAttribute> CommonNames => Attributes.Where(attribute => attribute.Oid == Oids.CommonName);

    public IEnumerable<NameAttribute> Emails => Attributes.Where(attribute => attribute.Oid == Oids.EmailAddress);

    public bool IsEmpty => Attributes.Count == 0;

    public static DistinguishedName Read(BerReader name)
    {
        var parts = new List<string>();
        var texts = new List<string>();
        var all = new List<NameAttribute>();
        while (name.HasData)
        {
            var relative = ReadRelative(name.ReadSequenceOf(Asn1Tag.SetOf));
            if (relative.Count == 0)
            {
                continue; // the libraries forget a set without attributes
            }

            all.AddRange(relative);
            texts.Add(string.Join('+', relative.Select(attribute => $"{ShortName(attribute.Oid)}={Escape(attribute.Text)}")));
            parts.Add(Delimit(string.Concat(relative.Select(attribute => Delimit(attribute.Canonical)).Order(StringComparer.Ordinal))));
        }

        texts.Reverse();
        return new(parts, string.Join(',', texts), all);
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

    /// <summary>With its length in front, so that no text can look like two.</summary>
    private static string Delimit(string text) => string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}");

    private static List<NameAttribute> ReadRelative(BerReader set)
    {
        var attributes = new List<NameAttribute>();
        while (set.HasData)
        {
            attributes.Add(NameAttribute.Read(set.ReadSequence()));
        }

        return attributes;
    }

    private static string Escape(string value) =>
        !value.AsSpan().ContainsAny(Escaped) && !value.StartsWith('#') && !value.StartsWith(' ') && !value.EndsWith(' ')
            ? value
            : EscapeAll(value);

    private static string EscapeAll(string value)
    {
        var text = new StringBuilder();
        for (var index = 0; index < value.Length; index++)
        {
            var character = value[index];
            var atEdge = (index == 0 && character is ' ' or '#') || (index == value.Length - 1 && character == ' ');
            text.Append(
                atEdge || Escaped.Contains(character) ? string.Create(CultureInfo.InvariantCulture, $"\\{character}") : character.ToString()
            );
        }

        return text.ToString();
    }

    private static string ShortName(string oid) =>
        oid switch
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
