using System.Collections.Immutable;
using System.Net;

namespace OriginWatch.Names;

/// <summary>Whether an address is one of CloudFront's, by the ranges that AWS publishes. The copy has a date: newer ranges are not in it,
/// so "no" is no proof.</summary>
public static class CloudFrontAddresses
{
    private const string Resource = "cloudfront-addresses.txt";
    private static readonly Lazy<ImmutableArray<IPNetwork>> Ranges = new(Read);

    public static bool Contains(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Ranges.Value.Any(range => range.Contains(plain));
    }

    private static ImmutableArray<IPNetwork> Read()
    {
        using var stream =
            typeof(CloudFrontAddresses).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return
        [
            .. reader
                .ReadToEnd()
                .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Where(line => !line.StartsWith('#'))
                .Select(line => IPNetwork.Parse(line)),
        ];
    }
}
