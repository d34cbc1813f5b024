using OriginWatch.Tls;

namespace OriginWatch.Targets.Shards;

/// <summary>A target in plain texts. The endpoint that only code may allow is not among them.</summary>
internal sealed record TargetDocument
{
    private const int LongestName = 1024;

    public required string DomainName { get; init; }
    public required int Port { get; init; }

    /// <summary>Null for an HTTP port.</summary>
    public string? ServerName { get; init; }

    public IReadOnlyList<string>? Protocols { get; init; }
    public required string IpAddressType { get; init; }
    public required int ConnectionAttempts { get; init; }
    public required TimeSpan ConnectionTimeout { get; init; }
    public bool AnsweredBefore { get; init; }

    public static TargetDocument Of(ConnectTarget target) =>
        new()
        {
            DomainName = target.DomainName,
            Port = target.Port,
            ServerName = (target as ProbeTarget)?.ServerName,
            Protocols = (target as ProbeTarget)?.Protocols.Select(protocol => protocol.CloudFrontName()).ToList(),
            IpAddressType = target.IpAddressType.Value,
            ConnectionAttempts = target.ConnectionAttempts,
            ConnectionTimeout = target.ConnectionTimeout,
        };

    /// <exception cref="FormatException">No inventory leads to such a target.</exception>
    public ConnectTarget Read()
    {
        if (
            DomainName.Length > LongestName
            || ServerName?.Length > LongestName
            || Port is < 1 or > ushort.MaxValue
            || ConnectionAttempts is < 1 or > 10
            || ConnectionTimeout <= TimeSpan.Zero
            || ConnectionTimeout > TimeSpan.FromMinutes(1)
        )
        {
            throw new FormatException();
        }

        return ServerName is null
            ? new HttpTarget
            {
                DomainName = DomainName,
                Port = Port,
                IpAddressType = new(IpAddressType),
                ConnectionAttempts = ConnectionAttempts,
                ConnectionTimeout = ConnectionTimeout,
            }
            : new ProbeTarget
            {
                DomainName = DomainName,
                Port = Port,
                ServerName = ServerName,
                Protocols = new((Protocols ?? []).Select(name => TlsProtocols.Parse(name) ?? throw new FormatException())),
                IpAddressType = new(IpAddressType),
                ConnectionAttempts = ConnectionAttempts,
                ConnectionTimeout = ConnectionTimeout,
            };
    }
}
