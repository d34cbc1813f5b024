using System.Globalization;
using OriginWatch.Matrix;
using OriginWatch.Probing;
using OriginWatch.Tls;

// Called by tests/matrix/run.sh: OriginWatch.Matrix FOLDER, which holds plan.tsv, the chains and sslscan's answers.
// Prints what each server was seen to serve, and what s2n-tls said of it; exit code 1 when something planned was missed, sslscan disagrees,
// or the rules and s2n-tls disagree without a reason that is written down.

var folder = args[0];
var rows = (await File.ReadAllLinesAsync(Path.Combine(folder, "plan.tsv"))).Select(Row.Parse).ToList();
var sights = await Task.WhenAll(rows.Select(row => new Looker(folder).LookAsync(row)));

foreach (var server in sights.GroupBy(sight => sight.Row.Server, StringComparer.Ordinal))
{
    await Console.Out.WriteLineAsync(
        $"{server.Key, -12} {server.Count(sight => sight.IsAsPlanned), 3} of {server.Count(), 3} as set up; sslscan agrees on {server.Count(sight => sight.SslScanAgrees == true)}, disagrees on {server.Count(sight => sight.SslScanAgrees == false)}, cannot tell on {server.Count(sight => sight.SslScanAgrees is null)}; s2n {AmazonColumn(server)}"
    );
}

var documented = ClientProfile.Documented.CipherSuites.Select(TlsNames.CipherSuite).ToHashSet(StringComparer.Ordinal);
foreach (
    var (protocol, possible) in new[] { (TlsProtocol.Tls12, 16), (TlsProtocol.Tls11, 8), (TlsProtocol.Tls10, 8), (TlsProtocol.Ssl3, 4) }
)
{
    var seen = sights
        .Where(sight => sight.IsAsPlanned && sight.Row.Protocol == protocol)
        .Select(sight => sight.Row.Suite)
        .Where(documented.Contains)
        .ToHashSet(StringComparer.Ordinal);
    await Console.Out.WriteLineAsync(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{protocol.CloudFrontName(), -8} {seen.Count} of {possible} documented suites negotiated"
        )
    );
}

var amazon = sights.Where(sight => sight.Amazon.Comparison != AmazonComparison.NotAsked).ToList();
await Console.Out.WriteLineAsync(
    amazon.Count == 0 ? "s2n-tls was not asked" : $"s2n-tls: {amazon.Count} of {sights.Length} rows; {AmazonColumn(amazon)}"
);
foreach (
    var why in amazon
        .Where(sight => sight.Amazon.Comparison == AmazonComparison.Explained)
        .GroupBy(sight => sight.Amazon.Evidence, StringComparer.Ordinal)
)
{
    await Console.Out.WriteLineAsync($"  differs on {why.Count()}: {why.Key}");
}

foreach (var sight in amazon.Where(sight => sight.Amazon.Comparison == AmazonComparison.Disagrees))
{
    await Console.Out.WriteLineAsync(
        $"DISAGREES {sight.Row.Server}:{sight.Row.Port} {sight.Row.Protocol.CloudFrontName()} {sight.Row.Suite} {sight.Row.Chain}: {sight.Amazon.Evidence}"
    );
}

var bad = sights
    .Where(sight => !sight.IsAsPlanned || sight.SslScanAgrees == false || sight.Amazon.Comparison == AmazonComparison.Disagrees)
    .ToList();
foreach (var sight in bad.Where(sight => !sight.IsAsPlanned || sight.SslScanAgrees == false))
{
    await Console.Out.WriteLineAsync(
        $"MISSED {sight.Row.Server}:{sight.Row.Port} {sight.Row.Protocol.CloudFrontName()} {sight.Row.Suite} {sight.Row.Chain}: saw {sight.Saw}{(sight.SslScanAgrees == false ? "; sslscan disagrees" : "")}"
    );
}

return bad.Count == 0 ? 0 : 1;

static string AmazonColumn(IEnumerable<Sight> sights)
{
    var counts = sights.CountBy(sight => sight.Amazon.Comparison).ToDictionary();
    return $"agrees on {counts.GetValueOrDefault(AmazonComparison.Agrees)}, differs with a reason on {counts.GetValueOrDefault(AmazonComparison.Explained)}, without on {counts.GetValueOrDefault(AmazonComparison.Disagrees)}";
}
