using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Tls;

namespace OriginWatch.Tests.Probing;

public class TlsProberTests
{
    [Theory]
    [InlineData(TlsProtocol.Tls10)]
    [InlineData(TlsProtocol.Tls11)]
    [InlineData(TlsProtocol.Tls12)]
    [InlineData(TlsProtocol.Tls13)]
    public async Task Completes_a_handshake_in_each_version(TlsProtocol protocol)
    {
        foreach (var shape in new[] { Prober.EcdsaShape, Prober.RsaShape })
        {
            var result = await Prober.LookAsync(shape with { Protocols = new(protocol) });

            var handshake = result.ShouldBeOfType<Handshake>((result as ProbeFailure)?.Detail);
            handshake.Seen.Protocol.ShouldBe(protocol);
            handshake.Seen.Chain.Select(raw => raw.ToArray()).ShouldBe(shape.Chain.Select(raw => raw.ToArray()));
            handshake.ConnectTime.ShouldNotBeNull();
            handshake.HandshakeTime.ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task Completes_a_handshake_in_SSLv3()
    {
        var result = await Prober.LookAsync(Prober.RsaShape with { Protocols = new(TlsProtocol.Ssl3) }, new(TlsProtocol.Ssl3));

        var handshake = result.ShouldBeOfType<Handshake>((result as ProbeFailure)?.Detail);
        handshake.Seen.Protocol.ShouldBe(TlsProtocol.Ssl3);
    }
}
