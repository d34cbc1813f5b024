using Org.BouncyCastle.Tls;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Probing.Engine;
using OriginWatch.Tls;
using TlsProtocol = OriginWatch.Tls.TlsProtocol;

namespace OriginWatch.Fuzz;

/// <summary>A server's first flight, and the hello that it answered.</summary>
internal sealed record RecordedFlight(ClientOffer Offer, TlsServerShape Shape, byte[] Bytes);

/// <summary>Honest first flights of many kinds, to be mutated. A replayed flight is honest up to the first signature.</summary>
internal sealed class RecordedFlights
{
    private const string Name = "fuzz.example.test";
    private readonly ProbeCrypto _crypto;

    public RecordedFlights(ProbeCrypto crypto)
    {
        _crypto = crypto;
        using var root = CertificateAuthority.CreateRoot("CN=Fuzz Root", DateTimeOffset.UtcNow);
        using var ecdsa = root.IssueLeaf(Name);
        using var rsa = root.IssueLeaf(Name, new() { Rsa = true });
        All = [.. Shapes(TlsServerShape.For(ecdsa, root.Certificate), TlsServerShape.For(rsa, root.Certificate)).Select(Record)];
    }

    public IReadOnlyList<RecordedFlight> All { get; }

    private static IEnumerable<TlsServerShape> Shapes(TlsServerShape ecdsa, TlsServerShape rsa)
    {
        foreach (var protocol in new[] { TlsProtocol.Tls10, TlsProtocol.Tls11, TlsProtocol.Tls12, TlsProtocol.Tls13 })
        {
            yield return ecdsa with
            {
                Protocols = new(protocol),
            };
            yield return rsa with
            {
                Protocols = new(protocol),
                StaplesOcsp = true,
            };
            yield return rsa with
            {
                Protocols = new(protocol),
                ClientCertificate = ClientCertificateDemand.Optional,
                ClientAuthorities = ["CN=Clients,O=Example", "CN=Others"],
            };
        }

        yield return rsa with
        {
            Protocols = new(TlsProtocol.Tls12),
            CipherSuites = [0x009c],
        };
        yield return rsa with
        {
            Protocols = new(TlsProtocol.Tls10),
            CipherSuites = [0x0004],
        };
        yield return rsa with
        {
            Protocols = new(TlsProtocol.Ssl3),
        };
        yield return rsa with
        {
            Protocols = new(TlsProtocol.Tls13),
            NamedGroups = [0x18],
        };
    }

    private RecordedFlight Record(TlsServerShape shape)
    {
        var offer = new ClientOffer(shape.Protocols, ClientProfile.Newer, Name);
        return new(offer, shape, InMemoryServer.Answer(new InMemoryServer(shape, _crypto), new TlsHandshake(offer, _crypto)));
    }
}

/// <summary>A TLS server without a socket.</summary>
internal sealed class InMemoryServer
{
    private readonly TlsServerProtocol _protocol = new();

    public InMemoryServer(TlsServerShape shape, ProbeCrypto crypto) => _protocol.Accept(new ShapedTlsServer(shape, crypto));

    /// <summary>Hands the client's waiting bytes over and returns what the server says to them.</summary>
    public static byte[] Answer(InMemoryServer server, TlsHandshake client)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            for (var count = client.Read(buffer); count > 0; count = client.Read(buffer))
            {
                server._protocol.OfferInput(buffer, 0, count);
            }
        }
        catch (IOException)
        {
            // The client's alert ended the server; what it still has to say counts.
        }

        var output = new byte[server._protocol.GetAvailableOutputBytes()];
        server._protocol.ReadOutput(output, 0, output.Length);
        return output;
    }
}
