using System.Globalization;
using System.Net;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Tls;

namespace OriginWatch.Benchmarks.Origins;

/// <summary>An account in memory: one distribution per origin, HTTPS only with TLSv1.2, as most are.</summary>
internal sealed class OriginListing(IReadOnlyList<string> names, int port) : IInventorySource
{
    public int ConnectionAttempts { get; init; } = Origin.DefaultConnectionAttempts;

    public TimeSpan ConnectionTimeout { get; init; } = TimeSpan.FromSeconds(Origin.DefaultConnectionTimeoutSeconds);

    /// <summary>Another port for some of them.</summary>
    public Func<int, int>? PortOf { get; init; }

    /// <summary>A loopback address of its own for each number.</summary>
    public static IPAddress AddressOf(int number) => new([127, (byte)(1 + (number >> 16)), (byte)(number >> 8), (byte)number]);

    public Task<Listing> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Read());

    public Listing Read() => new() { Distributions = [.. names.Select(DistributionOf)] };

    private Distribution DistributionOf(string name, int number)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"E{number:00000}");
        var origin = new Origin
        {
            Id = "origin",
            DomainName = name,
            ConnectionAttempts = ConnectionAttempts,
            ConnectionTimeout = ConnectionTimeout,
            CustomOriginConfig = new()
            {
                HttpsPort = PortOf?.Invoke(number) ?? port,
                OriginProtocolPolicy = OriginProtocolPolicy.HttpsOnly,
                OriginSslProtocols = [TlsProtocol.Tls12],
            },
        };
        return new()
        {
            Id = id,
            DomainName = $"{id}.cloudfront.net",
            Origins = [origin],
            DefaultCacheBehavior = new() { TargetOriginId = origin.Id, ViewerProtocolPolicy = ViewerProtocolPolicy.HttpsOnly },
        };
    }
}
