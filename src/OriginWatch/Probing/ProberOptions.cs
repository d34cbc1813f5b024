namespace OriginWatch.Probing;

/// <summary>How to probe. The defaults are CloudFront's and the bounds of <see cref="ProbeLimits"/>.</summary>
public sealed record ProberOptions
{
    private readonly int _concurrency = ProbeLimits.DefaultConnections;

    /// <summary>Lets the prober connect to loopback, private and other non-public addresses. Never set in the Lambda.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>Connections at a time, 1 to <see cref="ProbeLimits.MaxConnections"/>.</summary>
    public int Concurrency
    {
        get => _concurrency;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, ProbeLimits.MaxConnections);
            _concurrency = value;
        }
    }

    public TimeSpan HandshakeTimeout { get; init; } = ProbeLimits.Handshake;

    public int MaxAddressesPerName { get; init; } = ProbeLimits.MaxAddressesPerName;

    /// <summary>What is offered.</summary>
    public ClientProfile Profile { get; init; } = ClientProfile.Newer;
}
