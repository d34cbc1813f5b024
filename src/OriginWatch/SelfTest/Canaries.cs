using System.Net;
using OriginWatch.Audit;
using OriginWatch.Edge;
using OriginWatch.Inventory;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Text;
using OriginWatch.Tls;
using OriginWatch.Trust;

namespace OriginWatch.SelfTest;

/// <summary>
/// Two servers on loopback, one healthy and one whose certificate has expired, taken through the whole flow by the run's own prober and
/// rules before anything else.
/// Their targets alone may connect to them: the same address asked for as an ordinary origin must still be refused.
/// </summary>
/// <param name="prober">The run's own.</param>
/// <param name="catalog">The run's own.</param>
/// <param name="time">The run's own.</param>
public sealed class Canaries(IProber prober, RuleCatalog catalog, TimeProvider time)
{
    private const string Healthy = "healthy.canary.invalid";
    private const string Expired = "expired.canary.invalid";
    private const string ExpiredRule = "OW301";
    private static readonly ProtocolSet Protocols = new(TlsProtocol.Tls12, TlsProtocol.Tls13);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>A second or two at most, also when it goes wrong.</summary>
    /// <exception cref="OperatorException">A verdict is wrong; the message says which.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        using var root = CertificateAuthority.CreateRoot("CN=OriginWatch canary root", now);
        using var good = root.IssueLeaf(Healthy);
        using var bad = root.IssueLeaf(Expired, new() { NotBefore = now.AddDays(-90), NotAfter = now.AddDays(-1) });
        await using var healthy = TlsServer.Start(TlsServerShape.For(good));
        await using var expired = TlsServer.Start(TlsServerShape.For(bad));
        var endpoints = new Dictionary<string, IPEndPoint>(StringComparer.Ordinal)
        {
            [Healthy] = healthy.EndPoint,
            [Expired] = expired.EndPoint,
        };

        var options = new AuditOptions { ConfirmationDelay = TimeSpan.Zero, ProbeBudget = TimeSpan.FromMinutes(1) };
        var audit = new AuditRunner(
            options,
            new PinnedProber(prober, endpoints),
            TrustStore.FromPem(root.Certificate.ExportCertificatePem(), "canary root"),
            catalog,
            time
        );
        var report = await audit.RunAsync(new CanaryInventory(), progress: null, interrupt: CancellationToken.None, cancellationToken);
        var problems = Problems(report).ToList();
        if (await IsLetThroughAsync(healthy.EndPoint, cancellationToken))
        {
            problems.Add("an ordinary origin at a loopback address was connected to");
        }

        problems.AddRange(EdgeCanaries.Problems(Listing, AnswerClassifier.Classify));
        if (problems.Count > 0)
        {
            throw new OperatorException(
                "The canaries were evaluated wrongly, so no verdict of this run can be believed: "
                    + $"{string.Join("; ", problems)}. Please report this."
            );
        }
    }

    private static IEnumerable<string> Problems(AuditReport report)
    {
        foreach (var (id, expected) in new[] { (Healthy, OriginVerdict.Accepts), (Expired, OriginVerdict.Rejects) })
        {
            var origin = report.Origins.Single(origin => origin.Planned.Origin.Id == id);
            if (origin.Verdict != expected)
            {
                yield return $"{id} should be {Word(expected)} and was {Word(origin.Verdict)}{Because(report, id)}";
            }
        }

        var rejecting = report
            .Findings.Where(finding => finding.OriginId == Expired && finding.Rejects)
            .Select(finding => finding.Rule.Id)
            .ToList();
        if (rejecting is not [ExpiredRule])
        {
            yield return $"{Expired} should be rejected by {ExpiredRule} alone and was rejected by "
                + $"{(rejecting.Count == 0 ? "no rule" : string.Join(", ", rejecting))}";
        }
    }

    private static string Because(AuditReport report, string originId) =>
        report.Findings.FirstOrDefault(finding => finding.OriginId == originId) is { } finding
            ? $" ({finding.Rule.Id}: {Escape.Text(finding.Detail)})"
            : "";

    private static string Word(OriginVerdict verdict) =>
        verdict switch
        {
            OriginVerdict.Accepts => "accepted",
            OriginVerdict.Rejects => "rejected",
            _ => "not evaluated",
        };

    /// <summary>The guard against addresses that are not public, tried on a server that would answer.</summary>
    private async Task<bool> IsLetThroughAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var outcome = await prober.ProbeAsync(
            new()
            {
                DomainName = endpoint.Address.ToString(),
                Port = endpoint.Port,
                ServerName = Healthy,
                Protocols = Protocols,
                ConnectionAttempts = 1,
                ConnectionTimeout = Patience,
            },
            cancellationToken
        );
        return outcome.Attempts.Any(attempt => attempt.Result is not ProbeFailure { Reason: FailureReason.AddressNotAllowed });
    }

    internal static Listing Listing => CanaryInventory.Listing;

    private sealed class CanaryInventory : IInventorySource
    {
        public static Listing Listing { get; } =
            new()
            {
                Distributions =
                [
                    new()
                    {
                        Id = "CANARIES",
                        DomainName = "canary.invalid",
                        Origins = [Origin(Healthy), Origin(Expired)],
                        DefaultCacheBehavior = Behavior(Healthy),
                        CacheBehaviors = [Behavior(Expired) with { PathPattern = "/expired/*" }],
                    },
                ],
            };

        public Task<Listing> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(Listing);

        private static Origin Origin(string name) =>
            new()
            {
                Id = name,
                DomainName = name,
                ConnectionAttempts = 1,
                ConnectionTimeout = Patience,
                CustomOriginConfig = new()
                {
                    OriginProtocolPolicy = OriginProtocolPolicy.HttpsOnly,
                    OriginSslProtocols = [TlsProtocol.Tls12],
                },
            };

        private static CacheBehavior Behavior(string name) =>
            new()
            {
                TargetOriginId = name,
                ViewerProtocolPolicy = ViewerProtocolPolicy.HttpsOnly,
                CachePolicyId = null,
            };
    }
}
