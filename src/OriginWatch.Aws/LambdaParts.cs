using OriginWatch.Probing;
using OriginWatch.Trust;

namespace OriginWatch.Aws;

/// <summary>What the handler is put together from. Only code chooses other parts: no setting and no event does.</summary>
internal sealed record LambdaParts
{
    /// <summary>An environment variable by name.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    public Func<Settings, AwsClients> Clients { get; init; } = settings => new(Credentials: null, settings.Topic.Region, new AwsPatience());

    /// <summary>Refuses every address that is not public.</summary>
    public Func<Settings, TlsProber> Prober { get; init; } = settings => new(new ProberOptions { Concurrency = settings.Connections }, new DnsResolver(), TimeProvider.System);

    public Func<TrustStore> TrustStore { get; init; } = Trust.TrustStore.LoadMozilla;

    public TimeSpan ConfirmationDelay { get; init; } = AuditOptions.DefaultConfirmationDelay;

    /// <summary>The raw standard output.</summary>
    public Func<Stream> Output { get; init; } = Console.OpenStandardOutput;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
