using System.CommandLine;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Trust;

namespace OriginWatch.Cli.Commands;

/// <summary>The engine, built out of what the operator asked for.</summary>
internal sealed class AuditSetup : IDisposable
{
    private readonly TlsProber _prober;

    public AuditSetup(ScanOptions options, ParseResult parsed)
    {
        var concurrency = parsed.GetValue(options.Concurrency);
        _prober = new TlsProber(
            new ProberOptions { Concurrency = concurrency, AllowPrivateAddresses = parsed.GetValue(options.AllowPrivateAddresses) },
            ResolverFor(options, parsed),
            TimeProvider.System);
        Audit = new Audit(
            new AuditOptions { Concurrency = concurrency, JudgeAt = parsed.GetValue(options.At) },
            _prober,
            TrustStoreFor(parsed.GetValue(options.Roots)),
            new RuleCatalog(new()),
            TimeProvider.System);
    }

    public Audit Audit { get; }

    public void Dispose() => _prober.Dispose();

    private static TrustStore TrustStoreFor(FileInfo? roots)
        => roots is null ? TrustStore.LoadMozilla() : TrustStore.FromPem(File.ReadAllText(roots.FullName), roots.Name);

    private static OverridingResolver ResolverFor(ScanOptions options, ParseResult parsed)
        => new(parsed.GetValue(options.Resolve) ?? [], new DnsResolver(parsed.GetValue(options.Dns) is { } server ? [server] : null));
}
