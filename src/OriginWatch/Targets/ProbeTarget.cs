using OriginWatch.Tls;

namespace OriginWatch.Targets;

/// <summary>One distinct TLS endpoint to connect to: where, under which server name, with which protocols.</summary>
public sealed record ProbeTarget : ConnectTarget
{
    /// <summary>The name sent as SNI and asked of the certificate. For an IP literal no SNI is sent.</summary>
    public required string ServerName { get; init; }

    public required ProtocolSet Protocols { get; init; }

    /// <summary><c>server.name:port</c>, by which people and other runs know it.</summary>
    public string NameAndPort => $"{ServerName}:{Port}";
}
