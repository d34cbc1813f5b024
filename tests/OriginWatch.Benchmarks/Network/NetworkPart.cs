using System.Globalization;
using OriginWatch.Benchmarks.Measuring;
using OriginWatch.Benchmarks.Servers;
using OriginWatch.Benchmarks.Start;

namespace OriginWatch.Benchmarks.Network;

/// <summary>Wall time over 80 ms of round trip, and whether every verdict is right.</summary>
internal sealed class NetworkPart(Programs programs, RunSize size, Action<string> log)
{
    private const int OneWayMs = 40;
    private const int ConnectionTimeoutSeconds = 5;

    /// <summary>Lookup, connection, and two for the handshake.</summary>
    private const int RoundTrips = 4;

    private const double OfIdeal = 1.15;

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken cancellationToken)
    {
        if (!Farm.IsPossible)
        {
            return [Row.Skipped("Slow network", "needs root, /dev/net/tun, iproute2, nginx and dnsmasq")];
        }

        using var folder = new WorkFolder();
        log("building the farm");
        await using var farm = await Farm.StartAsync(folder, OneWayMs, cancellationToken);
        var rows = new List<Row>();
        foreach (var concurrency in size.Concurrencies)
        {
            log($"{concurrency} at a time");
            rows.AddRange(await AuditAsync(farm, concurrency, folder, cancellationToken));
        }

        return
        [
            .. rows,
            .. await new FarmComparison(farm, folder, programs, size, ConnectionTimeoutSeconds, log).RunAsync(cancellationToken),
        ];
    }

    private static async Task<IEnumerable<Row>> AuditAsync(
        Farm farm,
        int concurrency,
        WorkFolder folder,
        CancellationToken cancellationToken
    )
    {
        string[] command = [.. Child.Self, "farm-audit", Text(concurrency), Text(ConnectionTimeoutSeconds), folder.File("root.pem")];
        var line = (await Child.RunAsync("ip", farm.AtClient(command), cancellationToken)).Output.Trim().Split(' ', 6);
        var numbers = Array.ConvertAll(line[..5], number => double.Parse(number, CultureInfo.InvariantCulture));
        var slotSeconds = (FarmHosts.Answering * RoundTrips * 2 * OneWayMs / 1000.0) + (FarmHosts.Blackholed * ConnectionTimeoutSeconds);
        var ideal = Math.Max(ConnectionTimeoutSeconds, slotSeconds / concurrency);
        var what = $"Slow network, {FarmHosts.Answering + FarmHosts.Blackholed:N0} origins, {concurrency} at a time, after the canaries";
        return
        [
            Row.Compared($"{what}: wall time", numbers[0], "s", "ideal", ideal, OfIdeal),
            new Row(
                $"{what}: wrong verdicts",
                Row.Number(numbers[3]),
                numbers[3] > 0
                    ? $"first: {line[5]}"
                    : $"confirmations included {Row.Text(numbers[1], "s")}, CPU {Row.Text(numbers[2], "s")}",
                "0",
                numbers[3] == 0
            ),
            new Row(
                $"{what}: median handshake",
                Row.Text(numbers[4], "ms"),
                $"two round trips {Row.Text(4 * OneWayMs, "ms")}, one {Row.Text(2 * OneWayMs, "ms")}"
            ),
        ];
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
