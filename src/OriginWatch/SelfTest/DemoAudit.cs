using System.Text.Json;
using OriginWatch.Audit;
using OriginWatch.Edge;
using OriginWatch.Inventory;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Reporting;
using OriginWatch.Rules;

namespace OriginWatch.SelfTest;

/// <summary>The production flow over an embedded listing whose origins are the servers of <see cref="DemoOrigins"/>.</summary>
public sealed class DemoAudit(TimeProvider time) : IInventorySource
{
    /// <summary>A second for the retry and three for a handshake: a person waits.</summary>
    private static readonly TimeSpan ConfirmationDelay = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(3);

    public async Task<AuditReport> RunAsync(
        IProgress<AuditProgress>? progress,
        CancellationToken interrupt,
        CancellationToken cancellationToken
    )
    {
        await using var origins = DemoOrigins.Start(time.GetUtcNow());
        var resolver = new PinnedResolver(origins.Endpoints);
        using var prober = new TlsProber(new ProberOptions { HandshakeTimeout = HandshakeTimeout }, resolver, time);
        var listing = await ReadAsync(cancellationToken);
        await using var edge = LoopbackEdge.Start(
            new()
            {
                Listing = listing,
                Origins = origins.EdgeEndpoints,
                Issuer = origins.Issuer,
                Trusted = origins.Roots,
            }
        );
        var audit = new AuditRunner(
            new AuditOptions { ConfirmationDelay = ConfirmationDelay, Edge = EdgeMode.Undetermined },
            new PinnedProber(prober, origins.Endpoints),
            origins.Trusted,
            new RuleCatalog(new()),
            time,
            check => edge.Client(check, time)
        );
        return await audit.RunAsync(this, progress, interrupt, cancellationToken);
    }

    public async Task<Listing> ReadAsync(CancellationToken cancellationToken)
    {
        await using var stream = typeof(DemoAudit).Assembly.GetManifestResourceStream("demo-distributions.json")!;
        using var document = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
        return ListingReader.Read([document.RootElement], "demo") with { AccountId = "123456789012" };
    }

    /// <summary>What is not as <see cref="DemoExpectations"/> say, one sentence each; empty when the product works.</summary>
    public static IReadOnlyList<string> Surprises(AuditReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return [.. DemoExpectations.Compare(report)];
    }
}
