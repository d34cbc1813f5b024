using System.Net;
using OriginWatch.Audit;
using OriginWatch.Edge;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Tests.Edge;
using OriginWatch.Tests.Targets;
using OriginWatch.Tls;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Audit;

/// <summary>The whole flow over one origin, with a prober and an edge that say what the test wants.</summary>
internal static class EdgeAudit
{
    public static readonly EdgeReply Reached = EdgeSample.Reply(404, "Miss from cloudfront");
    public static readonly EdgeReply Refused = EdgeSample.Reply(
        502,
        "Error from cloudfront",
        "CloudFront",
        EdgeSample.Page("CloudFront attempted to establish a connection with the origin")
    );
    public static readonly EdgeReply Unresolved = EdgeSample.Reply(
        502,
        "Error from cloudfront",
        "CloudFront",
        EdgeSample.Page("CloudFront wasn't able to resolve the origin domain name")
    );
    public static readonly EdgeReply Slow = EdgeSample.Reply(
        504,
        "Error from cloudfront",
        "CloudFront",
        EdgeSample.Page("CloudFront attempted to establish a connection with the origin")
    );
    public static readonly EdgeReply Unknown = EdgeSample.Reply(
        502,
        "Error from cloudfront",
        "CloudFront",
        EdgeSample.Page("The origin is on holiday")
    );
    public static readonly EdgeReply ServerError = EdgeSample.Reply(503, "Error from cloudfront", "nginx");
    public static readonly EdgeReply Cached = EdgeSample.Reply(200, "Hit from cloudfront");
    public static readonly EdgeReply Stranger = new EdgeReply.Nothing("the answer is not HTTP");

    public static readonly ProbeFailure Silence = new()
    {
        Stage = ProbeStage.Connect,
        Reason = FailureReason.ConnectTimeout,
        Detail = "no answer",
    };
    public static readonly ProbeFailure Refusal = new()
    {
        Stage = ProbeStage.Connect,
        Reason = FailureReason.ConnectionRefused,
        Detail = "connection refused",
    };

    public static AuditOptions Asking { get; } = new() { Edge = EdgeMode.Undetermined, ConfirmationDelay = TimeSpan.Zero };

    public static Task<AuditReport> RunAsync(ProbeResult handshake, params EdgeReply[] replies) =>
        RunAsync(handshake, EdgeMode.Undetermined, replies);

    public static Task<AuditReport> RunAsync(ProbeResult handshake, EdgeMode mode, params EdgeReply[] replies) =>
        RunAsync(handshake, mode, new Replies(replies));

    public static Task<AuditReport> RunAsync(
        ProbeResult handshake,
        EdgeMode mode,
        Replies edge,
        Distribution? distribution = null,
        TimeSpan? edgeBudget = null,
        Dictionary<string, PriorOutcome>? prior = null
    ) => RunAsync(_ => handshake, mode, edge, distribution, edgeBudget, prior);

    public static Task<AuditReport> RunAsync(
        Func<ProbeTarget, ProbeResult> handshake,
        EdgeMode mode,
        Replies edge,
        Distribution? distribution = null,
        TimeSpan? edgeBudget = null,
        Dictionary<string, PriorOutcome>? prior = null
    )
    {
        var options = Asking with { Edge = mode, EdgeBudget = edgeBudget ?? EdgeOptions.DefaultBudget, Prior = prior ?? [] };
        return RunAsync(options, handshake, edge, TimeProvider.System, distribution);
    }

    public static Task<AuditReport> RunAsync(AuditOptions options, ProbeResult handshake, IEdgeClient edge, TimeProvider time) =>
        RunAsync(options, _ => handshake, edge, time, distribution: null);

    private static Task<AuditReport> RunAsync(
        AuditOptions options,
        Func<ProbeTarget, ProbeResult> handshake,
        IEdgeClient edge,
        TimeProvider time,
        Distribution? distribution
    ) =>
        new AuditRunner(options, new Answering(handshake), TrustStore.LoadMozilla(), new RuleCatalog(new()), time, _ => edge).RunAsync(
            new Fixed(distribution ?? Sample.Distribution(Sample.Origin())),
            null,
            default,
            TestContext.Current.CancellationToken
        );

    public sealed class Fixed(Distribution distribution) : IInventorySource
    {
        public Task<Listing> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Sample.Listing(distribution));
    }

    /// <summary>The replies in order, the last one again and again.</summary>
    public sealed class Replies(params EdgeReply[] replies) : IEdgeClient
    {
        private readonly Lock _gate = new();

        public List<EdgeRequest> Asked { get; } = [];

        public Task<EdgeReply> AskAsync(EdgeRequest request, CancellationToken cancellationToken)
        {
            lock (_gate)
            {
                Asked.Add(request);
                return Task.FromResult(replies[Math.Min(Asked.Count, replies.Length) - 1]);
            }
        }
    }

    /// <summary>Never answers.</summary>
    public sealed class Mute : IEdgeClient
    {
        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<EdgeReply> AskAsync(EdgeRequest request, CancellationToken cancellationToken)
        {
            Asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new System.Diagnostics.UnreachableException();
        }
    }

    public sealed class Answering(Func<ProbeTarget, ProbeResult> answer) : IProber
    {
        public Task<TargetOutcome> ProbeAsync(ProbeTarget target, CancellationToken cancellationToken) =>
            Task.FromResult(
                new TargetOutcome(target, [new(IPAddress.Parse("192.0.2.1"), target.Protocols, IsConfirmation: false, answer(target))])
                {
                    AddressesFound = 1,
                }
            );

        public Task<TargetOutcome> ConnectAsync(HttpTarget target, CancellationToken cancellationToken) =>
            Task.FromResult(
                new TargetOutcome(target, [new(IPAddress.Parse("192.0.2.1"), new(), IsConfirmation: false, Given.Handshake())])
                {
                    AddressesFound = 1,
                }
            );

        public Task<AcceptedVersions> ScanVersionsAsync(
            ProbeTarget target,
            IReadOnlyList<TlsProtocol> versions,
            CancellationToken cancellationToken
        ) => throw new InvalidOperationException("no second pass in these tests");
    }
}
