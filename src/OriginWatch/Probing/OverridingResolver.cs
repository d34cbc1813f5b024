using System.Globalization;
using System.Net;
using OriginWatch.Inventory;
using OriginWatch.Names;

namespace OriginWatch.Probing;

/// <summary>One of curl's <c>--resolve NAME:PORT:ADDRESS[,ADDRESS…]</c>.</summary>
public sealed record ResolveOverride(string Name, int Port, IReadOnlyList<IPAddress> Addresses)
{
    /// <summary>Null for text that has not that form; an IPv6 address stands in brackets.</summary>
    public static ResolveOverride? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return
            text.Split(':', 3) is [var name, var port, var list]
            && DomainNames.Canonical(name) is { } canonical
            && ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && list.Split(',').Select(DomainNames.Literal).ToList() is var addresses
            && addresses.TrueForAll(address => address is not null)
            ? new(canonical, number, [.. addresses.OfType<IPAddress>()])
            : null;
    }
}

/// <summary>Answers for the names and ports it was given, and hands every other question on.</summary>
public sealed class OverridingResolver(IReadOnlyList<ResolveOverride> overrides, INameResolver otherwise) : INameResolver
{
    public Task<NameResolution> ResolveAsync(string name, int port, IpAddressType addressType, CancellationToken cancellationToken)
    {
        var canonical = DomainNames.Canonical(name);
        var addresses = overrides
            .Where(entry => entry.Port == port && string.Equals(DomainNames.Canonical(entry.Name), canonical, StringComparison.Ordinal))
            .SelectMany(entry => entry.Addresses)
            .Distinct()
            .ToList();
        return addresses.Count > 0
            ? Task.FromResult(NameResolution.Of(addresses, addressType, "--resolve", canonical!))
            : otherwise.ResolveAsync(name, port, addressType, cancellationToken);
    }
}
