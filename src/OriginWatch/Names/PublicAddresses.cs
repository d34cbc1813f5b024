using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace OriginWatch.Names;

/// <summary>
/// Which addresses lie on the public internet, where alone CloudFront can reach a custom origin
/// (IANA's special-purpose registries, RFC 6890). 169.254.0.0/16 holds credentials and metadata and, like 127.0.0.0/8,
/// the Lambda runtime API.
/// </summary>
public static class PublicAddresses
{
    private static readonly IPNetwork[] NonPublicV4 = Networks(
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4"
    );

    private static readonly IPNetwork GlobalUnicastV6 = IPNetwork.Parse("2000::/3");

    // IETF protocol assignments (Teredo, benchmarking, ORCHID), documentation.
    private static readonly IPNetwork[] NonPublicV6 = Networks("2001::/23", "2001:db8::/32", "3fff::/20");

    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    public static bool IsPublic(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !NonPublicV4.Any(network => network.Contains(address));
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return IsPublic(address.MapToIPv4());
        }

        if (Nat64.Contains(address))
        {
            return IsPublic(EmbeddedV4(address, 12));
        }

        return SixToFour.Contains(address)
            ? IsPublic(EmbeddedV4(address, 2))
            : GlobalUnicastV6.Contains(address) && !NonPublicV6.Any(network => network.Contains(address));
    }

    /// <summary>What kind of non-public address it is, for the report.</summary>
    public static string Kind(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain switch
        {
            _ when IPAddress.IsLoopback(plain) => "a loopback address",
            { IsIPv6LinkLocal: true } => "a link-local address",
            { IsIPv6Multicast: true } => "a multicast address",
            { IsIPv6UniqueLocal: true } => "a private address",
            { AddressFamily: AddressFamily.InterNetwork } => KindV4(BinaryPrimitives.ReadUInt32BigEndian(plain.GetAddressBytes())),
            _ => "an address outside the public internet",
        };
    }

    private static string KindV4(uint address) =>
        (address >> 24) switch
        {
            10 => "a private address",
            172 when (address >> 20) == 0xac1 => "a private address",
            192 when (address >> 16) == 0xc0a8 => "a private address",
            169 => "a link-local address",
            100 => "a carrier's private address",
            >= 224 and < 240 => "a multicast address",
            _ => "an address outside the public internet",
        };

    private static IPAddress EmbeddedV4(IPAddress address, int offset) => new(address.GetAddressBytes().AsSpan(offset, 4));

    private static IPNetwork[] Networks(params ReadOnlySpan<string> prefixes)
    {
        var networks = new IPNetwork[prefixes.Length];
        for (var i = 0; i < prefixes.Length; i++)
        {
            networks[i] = IPNetwork.Parse(prefixes[i]);
        }

        return networks;
    }
}
