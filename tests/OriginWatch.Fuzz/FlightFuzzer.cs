using OriginWatch.Probing;
using OriginWatch.Probing.Engine;

namespace OriginWatch.Fuzz;

/// <summary>What one case did.</summary>
internal sealed record FuzzOutcome(FailureReason? Reason, long AllocatedBytes, TimeSpan Cpu);

/// <summary>
/// Feeds random and mutated server flights through the driver that the sockets feed. One number decides a case, so that a
/// failing one can be repeated.
/// </summary>
internal sealed class FlightFuzzer
{
    private const int LiveOutOf = 50;
    private readonly ProbeCrypto _crypto = new();
    private readonly RecordedFlights _flights;

    public FlightFuzzer() => _flights = new(_crypto);

    /// <summary>Throws whatever the driver throws: it must throw nothing.</summary>
    public FuzzOutcome Run(int seed)
    {
        var random = new Random(seed);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Environment.CpuUsage.TotalTime;
        var flight = _flights.All[random.Next(_flights.All.Count)];
        var handshake = new TlsHandshake(flight.Offer, _crypto);
        var end = random.Next(LiveOutOf) == 0 ? Converse(handshake, flight, random) : Feed(handshake, Bytes(flight, random), random);
        end ??= random.Next(3) switch
        {
            0 => handshake.Closed(wasReset: false),
            1 => handshake.Closed(wasReset: true),
            _ => handshake.TimedOut(TimeSpan.FromSeconds(10)),
        };
        if (end.Reason is not null && end.Detail.Length == 0)
        {
            throw new InvalidOperationException("a failure without evidence");
        }

        _ = handshake.Seen;
        return new(end.Reason, GC.GetAllocatedBytesForCurrentThread() - allocated, Environment.CpuUsage.TotalTime - start);
    }

    private static byte[] Bytes(RecordedFlight flight, Random random) =>
        random.Next(8) switch
        {
            0 => Mutation.Random(random, random.Next(2000)),
            1 => Mutation.Records(random),
            2 => [.. flight.Bytes, .. Mutation.Records(random)],
            _ => Mutation.Of(flight.Bytes, random),
        };

    /// <summary>An honest server whose later bytes are changed on the way.</summary>
    private HandshakeEnd? Converse(TlsHandshake handshake, RecordedFlight flight, Random random)
    {
        var server = new InMemoryServer(flight.Shape, _crypto);
        HandshakeEnd? end = null;
        for (var turn = 0; turn < 4 && end is null; turn++)
        {
            var said = InMemoryServer.Answer(server, handshake);
            if (said.Length == 0)
            {
                break;
            }

            end = Feed(handshake, random.Next(3) == 0 ? Mutation.Of(said, random) : said, random);
        }

        return end;
    }

    private static HandshakeEnd? Feed(TlsHandshake handshake, byte[] bytes, Random random)
    {
        var buffer = new byte[4096];
        var step = random.Next(4) == 0 ? random.Next(1, 64) : buffer.Length;
        HandshakeEnd? end = null;
        for (var offset = 0; offset < bytes.Length && end is null; offset += step)
        {
            var count = Math.Min(step, bytes.Length - offset);
            bytes.AsSpan(offset, count).CopyTo(buffer);
            end = handshake.Feed(buffer, count);
            _ = handshake.WantsMoreOfForeign;
        }

        return end;
    }
}
