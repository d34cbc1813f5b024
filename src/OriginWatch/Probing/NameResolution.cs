using System.Net;
using System.Net.Sockets;
using OriginWatch.Inventory;

namespace OriginWatch.Probing;

/// <summary>Turns an origin's domain name into addresses.</summary>
public interface INameResolver
{
    /// <summary>Throws only when <paramref name="cancellationToken"/> is cancelled; every other fault is in the answer.</summary>
    Task<NameResolution> ResolveAsync(string name, int port, IpAddressType addressType, CancellationToken cancellationToken);
}

/// <summary>The answer to a lookup: addresses, or one reason why there are none.</summary>
public sealed record NameResolution
{
    private NameResolution(IReadOnlyList<IPAddress> addresses, FailureReason? failure, string detail) =>
        (Addresses, Failure, Detail) = (addresses, failure, detail);

    public IReadOnlyList<IPAddress> Addresses { get; }

    /// <summary>Null when there are addresses.</summary>
    public FailureReason? Failure { get; }

    /// <summary>The evidence as one clause.</summary>
    public string Detail { get; }

    public static NameResolution Of(IReadOnlyList<IPAddress> addresses) => new(addresses, null, "");

    /// <summary>Those of the family that the origin wants, or that there are none.</summary>
    /// <param name="addresses">Of any family.</param>
    /// <param name="type">What the origin wants.</param>
    /// <param name="source">Where they stand, for people.</param>
    /// <param name="name">Whose they are.</param>
    public static NameResolution Of(IReadOnlyList<IPAddress> addresses, IpAddressType type, string source, string name)
    {
        var wanted = addresses
            .Where(address =>
                type == IpAddressType.Dualstack
                || address.AddressFamily == (type == IpAddressType.Ipv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork)
            )
            .ToList();
        return wanted.Count > 0 ? Of(wanted) : Failed(FailureReason.NoAddressOfFamily, $"{source} has no {type} address for {name}");
    }

    public static NameResolution Failed(FailureReason reason, string detail) => new([], reason, detail);
}
