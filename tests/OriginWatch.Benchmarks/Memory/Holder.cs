using System.Globalization;
using System.Net;
using OriginWatch.Benchmarks.Handshakes;
using OriginWatch.Probing;

namespace OriginWatch.Benchmarks.Memory;

/// <summary>Opens connections that wait for the end of the server's flight, and weighs its own process before and meanwhile.</summary>
internal static class Holder
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Writes resident and live managed bytes per open connection.</summary>
    public static async Task RunAsync(int serverPort, int relayPort, int count, TextWriter output)
    {
        var client = new ProbeHandshake(TimeProvider.System, new ProberOptions { HandshakeTimeout = Patience });
        for (var warmUp = 0; warmUp < 100; warmUp++)
        {
            await client.RunAsync(new(IPAddress.Loopback, serverPort), "o00000.bench.test", CancellationToken.None);
        }

        var (liveBefore, residentBefore) = (GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
        using var giveUp = new CancellationTokenSource();
        var held = Enumerable
            .Range(0, count)
            .Select(_ => client.TryAsync(new(IPAddress.Loopback, relayPort), "o00000.bench.test", giveUp.Token))
            .ToArray();
        await QuietAsync();
        var resident = Environment.WorkingSet - residentBefore;
        var live = GC.GetTotalMemory(forceFullCollection: true) - liveBefore;
        var open = held.Count(task => !task.IsCompleted);
        await giveUp.CancelAsync();
        await Task.WhenAll(held);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{open} {resident / open} {live / open}"));
    }

    /// <summary>Waits until nothing more happens.</summary>
    private static async Task QuietAsync()
    {
        for (var last = -1L; last != GC.GetTotalAllocatedBytes(); )
        {
            last = GC.GetTotalAllocatedBytes();
            await Task.Delay(TimeSpan.FromSeconds(2));
        }
    }
}
