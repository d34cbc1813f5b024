using System.Formats.Asn1;
using System.Net;

namespace OriginWatch.Trust.X509;

/// <summary>The forms of a GeneralName by their tag (RFC 5280, section 4.2.1.6).</summary>
internal enum NameForm
{
    OtherName,
    Email,
    Dns,
    X400,
    Directory,
    EdiParty,
    Uri,
    IpAddress,
    RegisteredId,
}

/// <summary>One GeneralName.</summary>
/// <param name="Form">Which of the nine.</param>
/// <param name="Content">The bytes of its value.</param>
/// <param name="Directory">The name, where it is a directory name.</param>
internal sealed record GeneralName(NameForm Form, ReadOnlyMemory<byte> Content, DistinguishedName? Directory = null)
{
    private const int V4 = 4;
    private const int V6 = 16;

    /// <summary>For forms that hold ASCII.</summary>
    public string Text => BerReader.Ia5(Content);

    public bool IsAddress => Form == NameForm.IpAddress && Content.Length is V4 or V6;

    /// <summary>Reads the next of a list, as AWS-LC decodes it (v3_genn.c).</summary>
    public static GeneralName Read(ref BerReader names)
    {
        var tag = names.PeekTag();
        if (tag.TagClass != TagClass.ContextSpecific || tag.TagValue > (int)NameForm.RegisteredId)
        {
            throw new AsnContentException("a general name is of no known form");
        }

        var form = (NameForm)tag.TagValue;
        switch (form)
        {
            case NameForm.Directory:
                var explicitly = names.ReadSequence(tag);
                var name = DistinguishedName.Read(explicitly.ReadSequenceOf());
                explicitly.ThrowIfNotEmpty();
                return new(form, default, name);
            case NameForm.OtherName:
                ReadOtherName(names.ReadSequence(tag));
                return new(form, default);
            case NameForm.X400:
                names.ReadSequence(tag);
                return new(form, default);
            case NameForm.EdiParty:
                ReadEdiParty(names.ReadSequence(tag));
                return new(form, default);
            case NameForm.RegisteredId:
                names.ReadOid(tag);
                return new(form, default);
            default:
                return new(form, names.ReadString(tag));
        }
    }

    public override string ToString() =>
        Form switch
        {
            NameForm.Directory => Directory!.Text,
            NameForm.IpAddress => IsAddress ? new IPAddress(Content.Span).ToString() : Convert.ToHexStringLower(Content.Span),
            _ => Text,
        };

    private static void ReadOtherName(BerReader name)
    {
        name.ReadOid();
        var value = name.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0));
        value.ReadAny();
        value.ThrowIfNotEmpty();
        name.ThrowIfNotEmpty();
    }

    /// <summary>Two directory strings, the first of which may be left out.</summary>
    private static void ReadEdiParty(BerReader name)
    {
        var assigner = new Asn1Tag(TagClass.ContextSpecific, 0);
        if (name.NextIs(assigner))
        {
            ReadDirectoryString(name.ReadSequence(assigner));
        }

        ReadDirectoryString(name.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 1)));
        name.ThrowIfNotEmpty();
    }

    private static void ReadDirectoryString(BerReader field)
    {
        var tag = field.PeekTag();
        if (
            tag.TagClass != TagClass.Universal
            || (UniversalTagNumber)tag.TagValue
                is not (
                    UniversalTagNumber.UTF8String
                    or UniversalTagNumber.PrintableString
                    or UniversalTagNumber.T61String
                    or UniversalTagNumber.BMPString
                    or UniversalTagNumber.UniversalString
                )
        )
        {
            throw new AsnContentException("an EDI party's name is no directory string");
        }

        field.ReadString(tag);
        field.ThrowIfNotEmpty();
    }
}

/// <summary>The names of a GeneralNames field.</summary>
internal sealed class GeneralNames(IReadOnlyList<GeneralName> all)
{
    public IReadOnlyList<GeneralName> All { get; } = all;

    public IReadOnlyList<string> Dns { get; } = [.. all.Where(name => name.Form == NameForm.Dns).Select(name => name.Text)];

    /// <summary>s2n compares these with a host's name as they stand.</summary>
    public IEnumerable<string> Uris => All.Where(name => name.Form == NameForm.Uri).Select(name => name.Text);

    public IReadOnlyList<IPAddress> Ips { get; } = [.. all.Where(name => name.IsAddress).Select(name => new IPAddress(name.Content.Span))];

    /// <summary>True with a name of a form that s2n compares with a host's: where there is one, no common name is read.</summary>
    public bool NamesHosts => All.Any(name => name.Form is NameForm.Dns or NameForm.Uri or NameForm.IpAddress);

    public int Count => All.Count;

    public static GeneralNames Read(BerReader names)
    {
        var all = new List<GeneralName>();
        while (names.HasData)
        {
            all.Add(GeneralName.Read(ref names));
        }

        return new(all);
    }
}
