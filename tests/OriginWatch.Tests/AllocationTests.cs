using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Probing.Engine;
using OriginWatch.Rules;
using OriginWatch.Tests.Trust;
using OriginWatch.Tls;
using OriginWatch.Trust;

namespace OriginWatch.Tests;

/// <summary>
/// Bounds on garbage, a third above what was measured when they were set. Only what the engine itself does is counted, on the
/// thread that does it, so the figures do not depend on the machine's load.
/// </summary>
public sealed class AllocationTests : IDisposable
{
    private const int WarmUps = 3;
    private readonly TestPki _pki = new();

    public void Dispose() => _pki.Dispose();

    [Theory]
    [InlineData(TlsProtocol.Tls12, 80)]
    [InlineData(TlsProtocol.Tls13, 110)]
    public async Task A_handshake_leaves_little_garbage(TlsProtocol version, int boundKb)
    {
        using var key = _pki.Leaf.GetECDsaPrivateKey()!;
        await using var server = TlsServer.Start(
            new()
            {
                Chain = [_pki.Leaf.RawData, _pki.Issuing.Certificate.RawData, _pki.Upper.Certificate.RawData],
                PrivateKey = key.ExportPkcs8PrivateKey(),
                Protocols = new(version),
            }
        );
        var crypto = new ProbeCrypto();
        var bytes = 0L;
        for (var round = 0; round <= WarmUps; round++)
        {
            bytes = Handshake(server.EndPoint, crypto);
        }

        (bytes / 1024).ShouldBeLessThan(boundKb);
    }

    [Fact]
    public void A_judged_origin_leaves_little_garbage()
    {
        var judge = new OriginJudge(new RuleCatalog(new()).Rules);
        var verifier = new ChainVerifier(_pki.Store);
        var bytes = 0L;
        for (var round = 0; round <= WarmUps; round++)
        {
            var seen = new Handshake
            {
                Seen = new()
                {
                    Protocol = TlsProtocol.Tls13,
                    Chain =
                    [
                        _pki.Issuing.IssueLeaf(TestPki.Name).RawData,
                        _pki.Issuing.Certificate.RawData,
                        _pki.Upper.Certificate.RawData,
                    ],
                },
            };
            var before = GC.GetAllocatedBytesForCurrentThread();
            var chain = verifier.Assess(verifier.Parse(seen.Seen.Chain), TestPki.Now);
            judge.Judge(
                Given.Observation(
                    null,
                    Given.Seen(
                        new AddressObservation(
                            IPAddress.Loopback,
                            [new(Given.Tls12And13, Given.Attempt(seen, chain: chain), Confirmation: null)]
                        )
                    )
                )
            );
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        (bytes / 1024).ShouldBeLessThan(77);
    }

    /// <summary>The bytes that the client's side of one handshake allocated; sending and receiving are not in it.</summary>
    private static long Handshake(IPEndPoint endpoint, ProbeCrypto crypto)
    {
        using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(endpoint);
        var buffer = new byte[16 * 1024];
        var allocated = 0L;
        var handshake = Counted(() => new TlsHandshake(new(Given.Tls12And13, ClientProfile.Newer, TestPki.Name), crypto), ref allocated);
        for (HandshakeEnd? end = null; end is null; )
        {
            for (
                var count = Counted(() => handshake.Read(buffer), ref allocated);
                count > 0;
                count = Counted(() => handshake.Read(buffer), ref allocated)
            )
            {
                socket.Send(buffer.AsSpan(0, count));
            }

            var received = socket.Receive(buffer);
            received.ShouldBeGreaterThan(0);
            end = Counted(() => handshake.Feed(buffer, received), ref allocated);
            end?.Reason.ShouldBeNull(end.Detail);
        }

        return allocated;
    }

    private static T Counted<T>(Func<T> work, ref long allocated)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = work();
        allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        return result;
    }
}
