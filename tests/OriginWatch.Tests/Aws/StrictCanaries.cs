using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.SelfTest;

namespace OriginWatch.Tests.Aws;

/// <summary>The canaries with a prober that refuses loopback: the one of a test may go there, and they would find that out.</summary>
internal static class StrictCanaries
{
    public static async Task CheckAsync(RuleCatalog catalog, CancellationToken cancellationToken)
    {
        using var prober = new TlsProber(new ProberOptions(), new DnsResolver(), TimeProvider.System);
        await new Canaries(prober, catalog, TimeProvider.System).CheckAsync(cancellationToken);
    }
}
