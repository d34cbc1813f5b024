using System.Formats.Asn1;
using System.Net;
using System.Text;

namespace OriginWatch.Trust.X509;

/// <summary>The names of a GeneralNames field (RFC 5280, section 4.2.1.6), by type.</summary>
internal sealed class GeneralNames
{
    private const int Rfc822Name = 1;
    private const int DnsName = 2;
    private const int DirectoryName = 4;
    private const int Uri = 6;
    private const int IpAddress = 7;

    public List<string> Dns { get; } = [];
    public List<IPAddress> Ips { get; } = [];
    public List<string> Emails { get; } = [];
    public List<string> Uris { get; } = [];
    public List<DistinguishedName> Directories { get; } = [];

    /// <summary>Tag numbers of names that are of no use to a TLS client: otherName, x400Address, …</summary>
    public List<int> Others { get; } = [];

    /// <summary>What is wrong with a name; null when nothing is.</summary>
    public string? Defect { get; private set; }

    public int Count => Dns.Count + Ips.Count + Emails.Count + Uris.Count + Directories.Count + Others.Count;

    public static GeneralNames Read(DerReader names)
    {
        var result = new GeneralNames();
        while (names.HasData)
        {
            result.ReadOne(ref names);
        }

        return result;
    }

    public void AddAll(GeneralNames other)
    {
        Dns.AddRange(other.Dns);
        Ips.AddRange(other.Ips);
        Emails.AddRange(other.Emails);
        Uris.AddRange(other.Uris);
        Directories.AddRange(other.Directories);
        Others.AddRange(other.Others);
    }

    /// <summary>Bytes beyond ASCII have no place in an IA5String; they are kept apart so that they match nothing.</summary>
    internal static string Ia5(ReadOnlySpan<byte> content) => Encoding.Latin1.GetString(content);

    private void ReadOne(ref DerReader names)
    {
        var tag = names.PeekTag();
        if (tag.TagClass != TagClass.ContextSpecific)
        {
            throw new AsnContentException("a general name has no context tag");
        }

        var content = names.ReadContent();
        switch (tag.TagValue)
        {
            case DnsName:
                Dns.Add(Ia5(content.Span));
                break;
            case IpAddress:
                AddIp(content.Span);
                break;
            case Rfc822Name:
                Emails.Add(Ia5(content.Span));
                break;
            case Uri:
                Uris.Add(Ia5(content.Span));
                break;
            case DirectoryName:
                Directories.Add(DistinguishedName.Read(new DerReader(content).ReadSequence()));
                break;
            default:
                Others.Add(tag.TagValue);
                break;
        }
    }

    private void AddIp(ReadOnlySpan<byte> content)
    {
        if (content.Length is 4 or 16)
        {
            Ips.Add(new IPAddress(content));
        }
        else
        {
            Defect = $"an IP address of {content.Length} bytes";
        }
    }
}
