using System.Formats.Asn1;

namespace OriginWatch.Trust.X509;

/// <summary>Names by their form in a GeneralName (RFC 5280, section 4.2.1.6).</summary>
/// <typeparam name="TAddress">What an iPAddress holds: one address, or in a constraint a range.</typeparam>
internal abstract class NameForms<TAddress>
{
    private const int Rfc822Name = 1;
    private const int DnsName = 2;
    private const int DirectoryName = 4;
    private const int Uri = 6;
    private const int IpAddress = 7;

    public List<string> Dns { get; } = [];
    public List<TAddress> Ips { get; } = [];
    public List<string> Emails { get; } = [];
    public List<string> Uris { get; } = [];
    public List<DistinguishedName> Directories { get; } = [];

    /// <summary>Tag numbers of forms that are of no use to a TLS client and not compared: otherName, x400Address, …</summary>
    public List<int> Others { get; } = [];

    /// <summary>What is wrong with a name; null when nothing is.</summary>
    public string? Defect { get; protected set; }

    public int Count => Dns.Count + Ips.Count + Emails.Count + Uris.Count + Directories.Count + Others.Count;

    /// <summary>Adds it to <see cref="Ips"/>, or says in <see cref="Defect"/> why not.</summary>
    protected abstract void AddAddress(ReadOnlyMemory<byte> content);

    protected void ReadOne(ref DerReader names)
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
                Dns.Add(DerReader.Ia5(content));
                break;
            case IpAddress:
                AddAddress(content);
                break;
            case Rfc822Name:
                Emails.Add(DerReader.Ia5(content));
                break;
            case Uri:
                Uris.Add(DerReader.Ia5(content));
                break;
            case DirectoryName:
                Directories.Add(DistinguishedName.Read(new DerReader(content).ReadSequence()));
                break;
            default:
                Others.Add(tag.TagValue);
                break;
        }
    }
}
