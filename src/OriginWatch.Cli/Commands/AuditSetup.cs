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
        EdgeMode edge = EdgeMode.Off,
        bool hosts = false
    )
    {
        var concurrency = parsed.GetValue(options.Concurrency) ?? ProbeLimits.DefaultConnections;
        var allowPrivate = parsed.GetValue(options.AllowPrivateAddresses);
        INameResolver dns = new DnsResolver(parsed.GetValue(options.Dns) is { } server ? [server] : null);
        var names = hosts && parsed.GetValue(options.Dns) is null ? new HostsFileResolver(HostsFileResolver.SystemPath, dns) : dns;
        var resolver = new OverridingResolver(parsed.GetValue(options.Resolve) ?? [], names);
        _prober = new TlsProber(
            new ProberOptions { Concurrency = concurrency, AllowPrivateAddresses = allowPrivate },
            resolver,
            TimeProvider.System
        );
        var auditOptions = new AuditOptions
        {
            Concurrency = concurrency,
            JudgeAt = parsed.GetValue(options.At),
            Traffic = traffic,
            Edge = edge,
        };
        Audit = new AuditRunner(
            prior is null ? auditOptions : auditOptions with { Prior = prior },
            _prober,
            RootsCommand.StoreOf(parsed.GetValue(options.Roots)),
            new RuleCatalog(options.Thresholds.Of(parsed)),
            TimeProvider.System,
            EdgeAccess.Over(resolver, allowPrivate, TimeProvider.System)
        );
    }

    public AuditRunner Audit { get; }

    public void Dispose() => _prober.Dispose();
}
