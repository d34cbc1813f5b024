using System.CommandLine;
using OriginWatch.Audit;
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
        Func<IReadOnlyList<string>, CancellationToken, Task<TrafficReading>>? traffic = null)
    {
        var concurrency = parsed.GetValue(options.Concurrency);
        _prober = new TlsProber(
            new ProberOptions { Concurrency = concurrency, AllowPrivateAddresses = parsed.GetValue(options.AllowPrivateAddresses) },
            new OverridingResolver(parsed.GetValue(options.Resolve) ?? [], new DnsResolver(parsed.GetValue(options.Dns) is { } server ? [server] : null)),
            TimeProvider.System);
        var auditOptions = new AuditOptions { Concurrency = concurrency, JudgeAt = parsed.GetValue(options.At), Traffic = traffic };
        Audit = new AuditRunner(
            prior is null ? auditOptions : auditOptions with { Prior = prior },
            _prober,
            RootsCommand.StoreOf(parsed.GetValue(options.Roots)),
            new RuleCatalog(new()),
            TimeProvider.System);
    }

    public AuditRunner Audit { get; }

    public void Dispose() => _prober.Dispose();
}
