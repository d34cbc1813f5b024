using System.Net;
using OriginWatch.Inventory;

namespace OriginWatch.Targets;

/// <summary>Where to connect to, as patiently as CloudFront would. Equality is by value, so that origins with equal targets share one
/// look.</summary>
public abstract record ConnectTarget
{
    /// <summary>The name that is resolved, or an IP literal.</summary>
    public required string DomainName { get; init; }

    public required int Port { get; init; }

    public IpAddressType IpAddressType { get; init; } = IpAddressType.Ipv4;
    public int ConnectionAttempts { get; init; } = Origin.DefaultConnectionAttempts;
    public TimeSpan ConnectionTimeout { get; init; } = TimeSpan.FromSeconds(Origin.DefaultConnectionTimeoutSeconds);

    /// <summary><c>domain.name:port</c>: what is connected to.</summary>
    public string DomainAndPort => $"{DomainName}:{Port}";

    /// <summary>An endpoint that may be connected to although its address is not public. Only code sets it: demo and canaries.</summary>
    internal IPEndPoint? AllowedEndpoint { get; init; }
}

/// <summary>
/// The HTTP port of an origin. It is connected to and nothing is sent: what a request would get depends on its path and Host, which nobody
/// knows,
/// but a refused connection is an error for every request.
/// </summary>
public sealed record HttpTarget : ConnectTarget;
