using System.Net;

namespace OriginWatch.Trust.X509;

/// <summary>The names of a GeneralNames field.</summary>
internal sealed class GeneralNames : NameForms<IPAddress>
{
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

    protected override void AddAddress(ReadOnlyMemory<byte> content)
    {
        if (content.Length is 4 or 16)
        {
            Ips.Add(new IPAddress(content.Span));
        }
        else
        {
            Defect = $"an IP address of {content.Length} bytes";
        }
    }
}
