using System.Net;
using OriginWatch.Inventory;
using OriginWatch.Probing;

namespace OriginWatch.Targets;

/// <summary>
/// One distinct thing to connect to: where, under which server name, with which protocols.
/// Two origins with an equal target share one probe, so equality is by value, the protocols included.
/// </summary>
public sealed record ProbeTarget
{
    /// <summary>The name that is resolved, or an IP literal.</summary>
    public required string DomainName { get; init; }

    public required int Port { get; init; }

    /// <summary>The name sent as SNI and asked of the certificate. For an IP literal no SNI is sent.</summary>
    public required string ServerName { get; init; }

    public required ProtocolSet Protocols { get; init; }

    public IpAddressType IpAddressType { get; init; } = IpAddressType.Ipv4;
    public int ConnectionAttempts { get; init; } = Origin.DefaultConnectionAttempts;
    public TimeSpan ConnectionTimeout { get; init; } = TimeSpan.FromSeconds(Origin.DefaultConnectionTimeoutSeconds);

    /// <summary>An endpoint that may be connected to although its address is not public. Only code sets it: demo and canaries.</summary>
    internal IPEndPoint? AllowedEndpoint { get; init; }
}
