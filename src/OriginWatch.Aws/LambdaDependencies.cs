using OriginWatch.Audit;
using OriginWatch.Edge;
using OriginWatch.Probing;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.SelfTest;
using OriginWatch.Trust;

namespace OriginWatch.Aws;

/// <summary>What the handler is put together from. Only code chooses other parts: no setting and no event does.</summary>
internal sealed record LambdaDependencies
{
    /// <summary>An environment variable by name.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    public Func<Settings, AwsClients> Clients { get; init; } = settings => new(Credentials: null, settings.Topic.Region, new AwsTimeouts());

    /// <summary>Refuses every address that is not public.</summary>
    public Func<Settings, TlsProber> Prober { get; init; } =
        settings => new(new ProberOptions { Concurrency = settings.Connections }, new DnsResolver(), TimeProvider.System);

    /// <summary>Connects to public addresses alone, as the prober does.</summary>
    public EdgeClientFactory Edge { get; init; } = EdgeAccess.Over(new DnsResolver(), allowPrivateAddresses: false, TimeProvider.System);

    /// <summary>The roots that are shipped; an object in the bucket replaces them.</summary>
    public Func<TrustStore> TrustStore { get; init; } = Trust.TrustStore.LoadMozilla;

    /// <summary>Throws where the run's own prober or rules judge known servers wrongly.</summary>
    public Func<IProber, RuleCatalog, CancellationToken, Task> Canaries { get; init; } =
        (prober, catalog, cancellationToken) => new Canaries(prober, catalog, TimeProvider.System).CheckAsync(cancellationToken);

    /// <summary>The page of a report.</summary>
    public Func<AuditReport, ReportOptions, string> Html { get; init; } = HtmlReport.Render;

    /// <summary>For one call to the bucket, with its retries. Two such calls fit into the reserve.</summary>
    public TimeSpan StorageLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For one attempt of such a call; null for that of every call.</summary>
    public TimeSpan? StorageTimeout { get; init; }

    public TimeSpan ConfirmationDelay { get; init; } = AuditOptions.DefaultConfirmationDelay;

    /// <summary>The raw standard output.</summary>
    public Func<Stream> Output { get; init; } = Console.OpenStandardOutput;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
