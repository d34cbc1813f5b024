using System.Globalization;
using OriginWatch.Inventory;
using OriginWatch.Probing;

namespace OriginWatch.Benchmarks.Origins;

/// <summary>Every name has the loopback address of its number.</summary>
internal sealed class NumberedResolver : INameResolver
{
    public Task<NameResolution> ResolveAsync(string name, int port, IpAddressType addressType, CancellationToken cancellationToken) =>
        Task.FromResult(NameResolution.Of([OriginListing.AddressOf(int.Parse(name.AsSpan(1, 5), CultureInfo.InvariantCulture))]));
}
