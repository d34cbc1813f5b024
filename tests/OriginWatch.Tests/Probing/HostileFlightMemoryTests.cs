using OriginWatch.Fuzz;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Probing.Engine;
using OriginWatch.Tls;

namespace OriginWatch.Tests.Probing;

/// <summary>All that a hostile flight makes the driver allocate, garbage included, bounds what it makes the process grow.</summary>
public class HostileFlightMemoryTests
{
    private const long MostBytes = 64 * 1024 * 1024;
    private readonly ProbeCrypto _crypto = new();

    [Theory]
    [InlineData(TlsProtocol.Tls12)]
    [InlineData(TlsProtocol.Tls13)]
    public void Three_hundred_certificates(TlsProtocol protocol) =>
        Cost(Prober.RsaShape with { Protocols = new(protocol), Chain = [.. Enumerable.Repeat(Prober.RsaShape.Chain[0], 300)] })
            .ShouldBeLessThan(MostBytes);

    [Fact]
    public void A_certificate_with_10000_names()
    {
        using var certificate = CertificateAuthority.SelfSigned(
            Prober.Name,
            DateTimeOffset.UtcNow,
            new() { DnsNames = [.. Enumerable.Range(0, 10_000).Select(i => $"site-{i}.example.test")] }
        );
        Cost(TlsServerShape.For(certificate)).ShouldBeLessThan(MostBytes);
    }

    [Fact]
    public void Ten_megabytes_of_handshake() =>
        Cost(Enumerable.Repeat<byte[]>([22, 3, 3, 0x40, 0, .. new byte[0x4000]], 640), chunk: 8192).ShouldBeLessThan(MostBytes);

    [Fact]
    public void A_flight_that_arrives_byte_by_byte()
    {
        var flight = InMemoryServer.Answer(new(Prober.RsaShape with { Protocols = new(TlsProtocol.Tls12) }, _crypto), NewHandshake());
        Cost([flight], chunk: 1).ShouldBeLessThan(MostBytes);
    }

    private TlsHandshake NewHandshake() => new(new(Prober.Tls, ClientProfile.Newer, Prober.Name), _crypto);

    private long Cost(TlsServerShape shape)
    {
        var handshake = NewHandshake();
        return Cost(handshake, [InMemoryServer.Answer(new(shape, _crypto), handshake)], chunk: 8192);
    }

    private long Cost(IEnumerable<byte[]> flight, int chunk) => Cost(NewHandshake(), flight, chunk);

    private static long Cost(TlsHandshake handshake, IEnumerable<byte[]> flight, int chunk)
    {
        var buffer = new byte[chunk];
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var part in flight.SelectMany(record => record.Chunk(chunk)))
        {
            part.CopyTo(buffer, 0);
            if (handshake.Feed(buffer, part.Length) is not null)
            {
                break;
            }
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
