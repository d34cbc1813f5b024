using System.CommandLine;
using OriginWatch.Audit;
using OriginWatch.Edge;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Rules;

namespace OriginWatch.Cli.Commands;

/// <summary>The engine, built out of what the operator asked for.</summary>
internal sealed class AuditSetup : IDisposable
{
    private readonly TlsProber _prober;

    public AuditSetup(
        ConnectionOptions options,
        ParseResult parsed,
        IReadOnlyDictionary<string, PriorOutcome>? prior = null,
        Func<IReadOnlyList<string>, CancellationToken, Task<TrafficReading>>? traffic = null,
        EdgeMode edge = EdgeMode.Off)
    {
        var concurrency = parsed.GetValue(options.Concurrency);
        var allowPrivate = parsed.GetValue(options.AllowPrivateAddresses);
        var resolver = new OverridingResolver(parsed.GetValue(options.Resolve) ?? [], new DnsResolver(parsed.GetValue(options.Dns) is { } server ? [server] : null));
        _prober = new TlsProber(new ProberOptions { Concurrency = concurrency, AllowPrivateAddresses = allowPrivate }, resolver, TimeProvider.System);
        var auditOptions = new AuditOptions { Concurrency = concurrency, JudgeAt = parsed.GetValue(options.At), Traffic = traffic, Edge = edge };
        Audit = new AuditRunner(
            prior is null ? auditOptions : auditOptions with { Prior = prior },
            _prober,
            RootsCommand.StoreOf(parsed.GetValue(options.Roots)),
            new RuleCatalog(new()),
            TimeProvider.System,
            EdgeAccess.Over(resolver, allowPrivate, TimeProvider.System));
    }

    public AuditRunner Audit { get; }

    public void Dispose() => _prober.Dispose();
}
