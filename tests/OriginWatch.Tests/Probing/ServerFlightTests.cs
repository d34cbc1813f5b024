using Microsoft.Extensions.Time.Testing;
using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Tls;

namespace OriginWatch.Tests.Probing;

/// <summary>What is seen on one connection, also when it fails.</summary>
public class ServerFlightTests
{
    private static readonly ProtocolSet Tls12 = new(TlsProtocol.Tls12);
    private static readonly ProtocolSet Tls13 = new(TlsProtocol.Tls13);

    [Fact]
    public async Task The_chain_is_kept_as_sent_although_it_makes_no_sense()
    {
        ReadOnlyMemory<byte>[] chain =
        [
            .. Prober.EcdsaShape.Chain,
            .. Prober.RsaShape.Chain,
            new byte[] { 1, 2, 3 },
            Prober.EcdsaShape.Chain[0],
        ];

        foreach (var protocol in new[] { Tls12, Tls13 })
        {
            var seen = (await Prober.LookAsync(Prober.EcdsaShape with { Chain = chain, Protocols = protocol }))
                .ShouldBeOfType<Handshake>()
                .Seen;

            seen.Chain.Select(raw => raw.ToArray()).ShouldBe(chain.Select(raw => raw.ToArray()));
        }
    }

    [Fact]
    public async Task A_leaf_that_cannot_be_parsed_is_kept_and_the_handshake_fails_on_it()
    {
        var garbage = new byte[] { 0x30, 0x03, 1, 2, 3 };

        var failure = await Prober.FailAsync(Prober.EcdsaShape with { Chain = [garbage], Protocols = Tls12, CipherSuites = [0xc02b] });

        failure.Reason.ShouldBe(FailureReason.MalformedMessage);
        failure.Seen.Chain.ShouldHaveSingleItem().ToArray().ShouldBe(garbage);
    }

    [Fact]
    public async Task Sixty_four_certificates_are_read_and_sixty_five_are_too_many()
    {
        var one = Prober.EcdsaShape.Chain[0];

        foreach (var protocol in new[] { Tls12, Tls13 })
        {
            var shape = Prober.EcdsaShape with { Protocols = protocol };
            (await Prober.LookAsync(shape with { Chain = [.. Enumerable.Repeat(one, 64)] }))
                .ShouldBeOfType<Handshake>()
                .Seen.Chain.Count.ShouldBe(64);
            var failure = await Prober.FailAsync(shape with { Chain = [.. Enumerable.Repeat(one, 65)] });
            failure.Reason.ShouldBe(FailureReason.ChainTooLong);
            failure.Detail.ShouldBe("the server sent 65 certificates");
            failure.Seen.Chain.Count.ShouldBe(64);
        }
    }

    [Fact]
    public async Task A_staple_is_noted()
    {
        foreach (var protocol in new[] { Tls12, Tls13 })
        {
            (await Prober.LookAsync(Prober.EcdsaShape with { Protocols = protocol, StaplesOcsp = true }))
                .ShouldBeOfType<Handshake>()
                .Seen.OcspStapled.ShouldBeTrue();
            (await Prober.LookAsync(Prober.EcdsaShape with { Protocols = protocol })).Seen.OcspStapled.ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Secure_renegotiation_is_noted_where_it_means_something()
    {
        (await Prober.LookAsync(Prober.EcdsaShape with { Protocols = Tls12 })).Seen.SecureRenegotiation.ShouldBe(true);
        (await Prober.LookAsync(Prober.EcdsaShape with { Protocols = Tls13 })).Seen.SecureRenegotiation.ShouldBeNull();
    }

    [Theory]
    [InlineData(TlsProtocol.Tls10)]
    [InlineData(TlsProtocol.Tls12)]
    [InlineData(TlsProtocol.Tls13)]
    public async Task An_optional_client_certificate_is_noted_with_the_authorities(TlsProtocol protocol)
    {
        var shape = Prober.RsaShape with
        {
            Protocols = new(protocol),
            ClientCertificate = ClientCertificateDemand.Optional,
            ClientAuthorities = ["CN=Clients,O=Example"],
        };

        var seen = (await Prober.LookAsync(shape)).ShouldBeOfType<Handshake>().Seen;

        seen.ClientCertificateRequested.ShouldBeTrue();
        seen.AcceptableClientAuthorities.ShouldBe(["CN=Clients,O=Example"]);
    }

    [Theory]
    [InlineData(TlsProtocol.Tls10, 40)]
    [InlineData(TlsProtocol.Tls12, 40)]
    [InlineData(TlsProtocol.Tls13, 116)]
    public async Task A_required_client_certificate_fails_with_all_that_was_seen(TlsProtocol protocol, int alert)
    {
        var failure = await Prober.FailAsync(
            Prober.RsaShape with
            {
                Protocols = new(protocol),
                ClientCertificate = ClientCertificateDemand.Required,
            },
            time: new FakeTimeProvider() // it waits for the late alert of TLS 1.3 as long as it takes
        );

        failure.Reason.ShouldBe(FailureReason.AlertReceived);
        failure.Seen.ClientCertificateRequested.ShouldBeTrue();
        failure.Seen.Protocol.ShouldBe(protocol);
        failure.Seen.Chain.Count.ShouldBe(2);
        failure.Seen.Alerts.ShouldContain(seen => seen.Received && seen.Number == alert);
        failure.Detail.ShouldEndWith(
            alert == TlsAlerts.HandshakeFailure
                ? "the server asked for a client certificate and got none"
                : "the server requires a client certificate"
        );
    }

    [Fact]
    public async Task A_warning_before_the_end_is_the_servers_explanation()
    {
        var failure = await Prober.FailAsync(ServerScript.Alert(112, level: 1));

        failure.Reason.ShouldBe(FailureReason.AlertReceived);
        failure.Detail.ShouldStartWith("alert 112 (unrecognized_name), then the connection was closed");
        failure.Seen.Alerts.ShouldContain(new TlsAlert(Received: true, Fatal: false, 112, "unrecognized_name"));
    }

    [Fact]
    public async Task Close_notify_instead_of_a_ServerHello_is_a_close() =>
        (await Prober.FailAsync(ServerScript.Alert(0, level: 1))).Reason.ShouldBe(FailureReason.ClosedBeforeServerHello);

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "plain HTTP (\"HTTP/1.1 400 Bad Request\")")]
    [InlineData(
        "HTTP/1.1 301 Moved Permanently\r\nLocation: https://www.example.test/\r\n\r\n",
        "plain HTTP that redirects to https (\"HTTP/1.1 301 Moved Permanently\")"
    )]
    [InlineData("SSH-2.0-OpenSSH_9.2p1\r\n", "SSH (\"SSH-2.0-OpenSSH_9.2p1\")")]
    [InlineData("220 mail.example.test ESMTP\r\n", "SMTP or FTP (\"220 mail.example.test ESMTP\")")]
    [InlineData("* OK IMAP4rev1\r\n", "IMAP (\"* OK IMAP4rev1\")")]
    [InlineData("+OK ready\r\n", "POP3 (\"+OK ready\")")]
    [InlineData("<html>\n", "HTML or XML without an HTTP header (\"<html>\")")]
    [InlineData("\u0000\u0000\u0006\u0004\u0000\u0000\u0000\u0000\u0000\n", "HTTP/2 without TLS")]
    [InlineData("\u004a\u0000\u0000\u0000\n8.0.36", "MySQL")]
    [InlineData("hello \u001b[31mred\n", "something that is not TLS (bytes 68656c6c6f201b5b)")]
    public async Task What_speaks_instead_of_TLS_is_named(string greeting, string named)
    {
        var failure = await Prober.FailAsync(ServerScript.Replies(greeting));

        failure.Reason.ShouldBe(FailureReason.NotTls);
        failure.Seen.SpokeInstead.ShouldBe(named);
    }
}
