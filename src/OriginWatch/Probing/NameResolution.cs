using System.Net;
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
    private NameResolution(IReadOnlyList<IPAddress> addresses, FailureReason? failure, string detail)
        => (Addresses, Failure, Detail) = (addresses, failure, detail);

    public IReadOnlyList<IPAddress> Addresses { get; }

    /// <summary>Null when there are addresses.</summary>
    public FailureReason? Failure { get; }

    /// <summary>The evidence as one clause.</summary>
    public string Detail { get; }

    public static NameResolution Of(IReadOnlyList<IPAddress> addresses) => new(addresses, null, "");

    public static NameResolution Failed(FailureReason reason, string detail) => new([], reason, detail);
}
