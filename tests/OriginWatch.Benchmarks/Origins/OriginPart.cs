using System.Net;
using OriginWatch.Audit;
using OriginWatch.Benchmarks.Handshakes;
using OriginWatch.Benchmarks.Measuring;
using OriginWatch.Benchmarks.Servers;
using OriginWatch.Probing;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Trust;

namespace OriginWatch.Benchmarks.Origins;

/// <summary>
/// An origin with everything included – lookup, connection, handshake, parsing, path, names, rules, report as JSON – against the
/// bare handshakes with the same servers. Every origin has a leaf of its own; the intermediates are shared, as they are in life.
/// </summary>
internal sealed class OriginPart(RunSize size, Action<string> log)
{
    private const int AtOnce = 32;
    private const double OfBare = 1.6;
    private readonly ProbeHandshake _bare = new(TimeProvider.System);
    private readonly List<string> _names = [.. Enumerable.Range(0, size.Hosts).Select(NginxServer.HostName)];

    private IEnumerable<(IPAddress Address, string Name)> Hosts => _names.Select((name, number) => (OriginListing.AddressOf(number), name));

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken cancellationToken)
    {
        if (!NginxServer.IsAvailable || !DnsServer.IsAvailable)
        {
            return [Row.Skipped("CPU per origin", "nginx or dnsmasq is not installed")];
        }

        using var folder = new WorkFolder();
        log($"issuing {2 * size.Hosts} certificates");
        using var server = await NginxServer.StartAsync(folder, size.Hosts, cancellationToken);
        using var dns = await DnsServer.StartAsync(folder, Hosts, cancellationToken);
        var rows = new List<Row>();
        foreach (var column in server.Columns)
        {
            rows.AddRange(
                await CompareAsync(column, TrustStore.FromPem(server.PkiOf(column).RootPem, "benchmark"), dns.Endpoint, cancellationToken)
            );
        }

        return rows;
    }

    /// <summary>CPU and JSON per origin with TLS 1.2 and RSA, which cost the most; null where it cannot be measured.</summary>
    public async Task<(double CpuMs, double JsonBytes)?> TypicalAsync(CancellationToken cancellationToken)
    {
        if (!NginxServer.IsAvailable || !DnsServer.IsAvailable)
        {
            return null;
        }

        using var folder = new WorkFolder();
        using var server = await NginxServer.StartAsync(folder, size.Hosts, cancellationToken);
        using var dns = await DnsServer.StartAsync(folder, Hosts, cancellationToken);
        var (column, efforts, bytes) = (server.Columns[0], new List<double>(), 0L);
        for (var batch = -size.WarmUps; batch < size.Batches; batch++)
        {
            efforts.Add(
                (
                    await Effort.OfAsync(
                        size.Hosts,
                        async () =>
                            bytes = await AuditAsync(
                                column,
                                TrustStore.FromPem(server.PkiOf(column).RootPem, "benchmark"),
                                dns.Endpoint,
                                cancellationToken
                            )
                    )
                ).CpuMs
            );
        }

        return (efforts.Skip(size.WarmUps).Median(), bytes / (double)size.Hosts);
    }

    private async Task<IEnumerable<Row>> CompareAsync(
        TlsColumn column,
        TrustStore roots,
        IPEndPoint dns,
        CancellationToken cancellationToken
    )
    {
        var (bare, whole) = (new List<Effort>(), new List<Effort>());
        var warmUps = size.WarmUps * Math.Max(1, size.Handshakes / size.Hosts);
        for (var batch = -warmUps; batch < size.Batches; batch++)
        {
            log($"{column.Name}: {(batch < 0 ? "warming up" : $"batch {batch + 1} of {size.Batches}")}");
            var handshakes = await Effort.OfAsync(
                size.Hosts,
                () =>
                    Crowd.RunAsync(
                        size.Hosts,
                        AtOnce,
                        (number, token) => _bare.RunAsync(new(OriginListing.AddressOf(number), column.Port), _names[number], token),
                        cancellationToken
                    )
            );
            var audited = await Effort.OfAsync(size.Hosts, () => AuditAsync(column, roots, dns, cancellationToken));
            if (batch >= 0)
            {
                bare.Add(handshakes);
                whole.Add(audited);
            }
        }

        return
        [
            Row.Compared($"CPU per origin, everything included, {column.Name}", Cpu(whole), "ms", "bare handshake", Cpu(bare), OfBare),
            Row.Compared(
                $"Garbage per origin, everything included, {column.Name}",
                Garbage(whole),
                "KB",
                "bare handshake",
                Garbage(bare),
                null
            ),
        ];
    }

    /// <summary>Gives the bytes of the report as JSON.</summary>
    private async Task<long> AuditAsync(TlsColumn column, TrustStore roots, IPEndPoint dns, CancellationToken cancellationToken)
    {
        using var prober = new TlsProber(
            new() { Concurrency = AtOnce, AllowPrivateAddresses = true },
            new DnsResolver([dns]),
            TimeProvider.System
        );
        var audit = new AuditRunner(new() { Concurrency = AtOnce }, prober, roots, new RuleCatalog(new()), TimeProvider.System);
        var report = await audit.RunAsync(
            new OriginListing(_names, column.Port),
            progress: null,
            CancellationToken.None,
            cancellationToken
        );
        using var json = new CountingStream();
        JsonReport.Write(report, json);
        return report.Totals.ByVerdict[OriginVerdict.Accepts] == size.Hosts
            ? json.Length
            : throw new InvalidOperationException(
                $"{size.Hosts - report.Totals.ByVerdict[OriginVerdict.Accepts]} of {size.Hosts} healthy origins are not accepted: {(report.Findings is [var worst, ..] ? worst.Detail : "")}"
            );
    }

    private static double Cpu(List<Effort> efforts) => efforts.Select(effort => effort.CpuMs).Median();

    private static double Garbage(List<Effort> efforts) => efforts.Select(effort => effort.AllocatedKb).Median();
}
