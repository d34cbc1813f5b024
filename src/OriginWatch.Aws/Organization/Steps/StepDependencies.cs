using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using OriginWatch.Audit;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.SelfTest;
using OriginWatch.Trust;

namespace OriginWatch.Aws.Organization.Steps;

/// <summary>What the steps are put together from. Only code chooses other parts: no setting and no event does.</summary>
internal sealed record StepDependencies
{
    /// <summary>Longer than for mails: inventories and observations are large.</summary>
    private static readonly AwsTimeouts Timeouts = new() { PublishingTimeout = TimeSpan.FromMinutes(1) };

    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    public Func<AwsClients> Clients { get; init; } =
        () => new(Credentials: null, FallbackRegionFactory.GetRegionEndpoint() ?? RegionEndpoint.USEast1, Timeouts);

    /// <summary>Refuses every address that is not public.</summary>
    public Func<int, TlsProber> Prober { get; init; } =
        connections => new(new ProberOptions { Concurrency = connections }, new DnsResolver(), TimeProvider.System);

    public Func<TrustStore> TrustStore { get; init; } = Trust.TrustStore.LoadMozilla;

    /// <summary>Throws where the run's own prober or rules judge known servers wrongly.</summary>
    public Func<IProber, RuleCatalog, CancellationToken, Task> Canaries { get; init; } =
        (prober, catalog, cancellationToken) => new Canaries(prober, catalog, TimeProvider.System).CheckAsync(cancellationToken);

    /// <summary>For what is asked of an account beside its inventory: no more than this of a step's time, whatever is left of it.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan ConfirmationDelay { get; init; } = AuditOptions.DefaultConfirmationDelay;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public StepSettings Settings => new(Variable);

    /// <summary>The files of the runs, in the bucket of the account that the function belongs to.</summary>
    public BucketFiles Files(AmazonS3Client client, string functionArn) => new(client, Settings.Bucket, FunctionArn.AccountOf(functionArn));
}
