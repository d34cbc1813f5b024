using System.CommandLine;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Trust;

namespace OriginWatch.Cli.Commands;

/// <summary>Builds the engine out of what the operator asked for.</summary>
internal static class AuditFactory
{
    public static Audit Create(ScanOptions options, ParseResult parsed)
    {
        var concurrency = parsed.GetValue(options.Concurrency);
        var prober = new TlsProber(
            new ProberOptions { Concurrency = concurrency, AllowPrivateAddresses = parsed.GetValue(options.AllowPrivateAddresses) },
            ResolverFor(options, parsed),
            TimeProvider.System);
        var auditOptions = new AuditOptions { Concurrency = concurrency, JudgeAt = parsed.GetValue(options.At) };
        return new Audit(auditOptions, prober, TrustStoreFor(parsed.GetValue(options.Roots)), new RuleCatalog(new()), TimeProvider.System);
    }

    private static TrustStore TrustStoreFor(FileInfo? roots)
        => roots is null ? TrustStore.LoadMozilla() : TrustStore.FromPem(File.ReadAllText(roots.FullName), roots.Name);

    private static OverridingResolver ResolverFor(ScanOptions options, ParseResult parsed)
        => new(parsed.GetValue(options.Resolve) ?? [], new DnsResolver(parsed.GetValue(options.Dns) is { } server ? [server] : null));
}
