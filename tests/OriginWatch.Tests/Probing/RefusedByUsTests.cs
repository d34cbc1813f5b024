using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Tls;
using static OriginWatch.Tests.Probing.ServerMessages;

namespace OriginWatch.Tests.Probing;

/// <summary>Servers that choose what was not offered, and servers that say too much.</summary>
public class RefusedByUsTests
{
    private const int EcdheRsaGcm = 0xc02f;
    private static readonly ProtocolSet Tls12 = new(TlsProtocol.Tls12);

    [Fact]
    public async Task A_version_that_was_not_offered() =>
        await Refuses(
            FailureReason.NoCommonProtocol,
            "the server chose TLSv1.1, which was not offered",
            ServerHello(TlsProtocol.Tls11, 0xc013)
        );

    [Fact]
    public async Task A_suite_that_was_not_offered() =>
        await Refuses(
            FailureReason.NoCommonCipherSuite,
            "the server chose the cipher suite DHE-RSA-AES128-GCM-SHA256, which CloudFront does not offer",
            ServerHello(TlsProtocol.Tls12, 0x009e)
        );

    [Fact]
    public async Task A_group_that_was_not_offered() =>
        await Refuses(
            FailureReason.NoCommonGroup,
            "the server chose the group secp521r1, which CloudFront does not offer",
            ServerHello(TlsProtocol.Tls12, EcdheRsaGcm),
            Certificate(Prober.RsaShape.Chain),
            ServerKeyExchange(0x19, 0x0401)
        );

    [Fact]
    public async Task A_signature_scheme_that_was_not_offered() =>
        await Refuses(
            FailureReason.NoCommonSignatureScheme,
            "the server signed with ed25519, which CloudFront does not offer",
            ServerHello(TlsProtocol.Tls12, EcdheRsaGcm),
            Certificate(Prober.RsaShape.Chain),
            ServerKeyExchange(0x17, 0x0807)
        );

    [Fact]
    public async Task A_signature_that_is_wrong() =>
        (
            await Refuses(
                FailureReason.MalformedMessage,
                null,
                ServerHello(TlsProtocol.Tls12, EcdheRsaGcm),
                Certificate(Prober.RsaShape.Chain),
                ServerKeyExchange(0x17, 0x0401)
            )
        ).Seen.Chain.Count.ShouldBe(2);

    [Fact]
    public async Task A_message_out_of_turn() => await Refuses(FailureReason.MalformedMessage, null, Certificate(Prober.RsaShape.Chain));

    [Fact]
    public async Task A_certificate_list_whose_lengths_do_not_add_up_costs_no_memory() =>
        await Refuses(
            FailureReason.MalformedMessage,
            null,
            ServerHello(TlsProtocol.Tls12, EcdheRsaGcm),
            Message(11, [0xff, 0xff, 0xff, 1, 2, 3])
        );

    [Fact]
    public async Task Names_of_authorities_nested_without_end_cost_no_stack()
    {
        var nested = Enumerable.Range(0, 30_000).SelectMany(_ => new byte[] { 0x30, 0x80 }).ToArray();
        await Refuses(
            FailureReason.MalformedMessage,
            null,
            ServerHello(TlsProtocol.Tls12, 0x009c),
            Certificate(Prober.RsaShape.Chain),
            Message(13, [.. Opaque(1, [1]), .. Opaque(2, [4, 1]), .. Opaque(2, Opaque(2, nested))])
        );
    }

    [Fact]
    public async Task An_RSA_key_out_of_bounds_is_not_used()
    {
        var huge = Prober.RsaShape.Chain[0].ToArray();
        var exponent = huge.AsSpan().IndexOf<byte>([0x02, 0x03, 0x01, 0x00, 0x01]);
        exponent.ShouldBeGreaterThan(0);
        huge[exponent + 1] = 0x7f; // the exponent now reaches past the key

        ReadOnlyMemory<byte>[] chain = [huge];
        await Refuses(
            FailureReason.MalformedMessage,
            null,
            ServerHello(TlsProtocol.Tls12, EcdheRsaGcm),
            Certificate(chain),
            ServerKeyExchange(0x17, 0x0401)
        );
    }

    [Fact]
    public async Task Handshake_failure_after_a_choice_is_not_said_to_be_about_what_was_offered()
    {
        var chosen = ServerScript.Messages(ServerHello(TlsProtocol.Tls12, EcdheRsaGcm));

        var failure = await Prober.FailAsync(
            ServerScript.Alert(TlsAlerts.HandshakeFailure) with
            {
                Says = (byte[])[.. chosen.Says.Span, .. ServerScript.Alert(TlsAlerts.HandshakeFailure).Says.Span],
            }
        );

        failure.Detail.ShouldBe(
            "alert 40 (handshake_failure) after its ServerHello: "
                + "the server had chosen version and cipher suite and ended the handshake all the same"
        );
    }

    [Fact]
    public async Task A_message_that_announces_16_MiB()
    {
        var failure = await Prober.FailAsync(
            ServerScript.Messages(ServerHello(TlsProtocol.Tls12, EcdheRsaGcm), [11, 0xff, 0xff, 0xff, .. new byte[100]])
        );

        failure.Reason.ShouldBe(FailureReason.MessageTooLarge);
        failure.Seen.LongestHandshakeMessage.ShouldBeGreaterThan(ProbeLimits.S2nHandshakeMessage);
    }

    [Fact]
    public async Task Ten_megabytes_of_handshake_end_at_the_bound()
    {
        var requests = ServerScript.Messages(Enumerable.Repeat(new byte[4], 4096)); // HelloRequests, which a client ignores
        var script = requests with { Times = 500, Says = requests.Says };

        var failure = await Prober.FailAsync(script);

        failure.Reason.ShouldBe(FailureReason.MessageTooLarge);
        failure.Detail.ShouldBe("more than 1024 KiB without completing the handshake");
    }

    [Fact]
    public async Task Three_hundred_certificates_are_too_many_and_flagged()
    {
        var failure = await Prober.FailAsync(Prober.RsaShape with { Chain = [.. Enumerable.Repeat(Prober.RsaShape.Chain[0], 300)] });

        failure.Reason.ShouldBe(FailureReason.ChainTooLong);
        failure.Seen.Chain.Count.ShouldBe(ProbeLimits.CertificatesPerChain);
        failure.Seen.LongestHandshakeMessage.ShouldBeGreaterThan(ProbeLimits.S2nHandshakeMessage);
    }

    [Fact]
    public async Task A_certificate_with_10000_names_is_read_and_flagged()
    {
        using var certificate = CertificateAuthority.SelfSigned(
            Prober.Name,
            DateTimeOffset.UtcNow,
            new() { DnsNames = [.. Enumerable.Range(0, 10_000).Select(i => $"site-{i}.example.test")] }
        );

        var handshake = (await Prober.LookAsync(TlsServerShape.For(certificate))).ShouldBeOfType<Handshake>();

        handshake.Seen.LongestHandshakeMessage.ShouldBeGreaterThan(ProbeLimits.S2nHandshakeMessage);
    }

    [Fact]
    public async Task A_server_that_trickles_ends_at_the_deadline()
    {
        var failure = await Prober.FailAsync(
            Prober.RsaShape with
            {
                Trickle = TimeSpan.FromMilliseconds(50),
            },
            handshakeTimeout: TimeSpan.FromMilliseconds(700)
        );

        failure.Reason.ShouldBe(FailureReason.HandshakeTimeout);
        failure.HandshakeTime.ShouldNotBeNull();
    }

    private static async Task<ProbeFailure> Refuses(FailureReason reason, string? detail, params byte[][] messages)
    {
        var failure = await Prober.FailAsync(new TlsServerShape { Script = ServerScript.Messages(messages) }, Tls12);
        failure.Reason.ShouldBe(reason, failure.Detail);
        if (detail is not null)
        {
            failure.Detail.ShouldBe(detail);
        }

        return failure;
    }
}
