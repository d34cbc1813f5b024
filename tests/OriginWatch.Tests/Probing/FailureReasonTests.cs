using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Tls;

namespace OriginWatch.Tests.Probing;

public class FailureReasonTests
{
    [Fact]
    public async Task A_closed_port_refuses()
    {
        using var port = new ClosedPort();

        var failure = (await Prober.LookAsync(port.EndPoint)).ShouldBeOfType<ProbeFailure>();

        failure.Stage.ShouldBe(ProbeStage.Connect);
        failure.Reason.ShouldBe(FailureReason.ConnectionRefused);
        failure.ConnectTime.ShouldBeNull();
    }

    public static TheoryData<string, FailureReason> Scripts =>
        new()
        {
            { "a close", FailureReason.ClosedBeforeServerHello },
            { "a close after the hello", FailureReason.ClosedBeforeServerHello },
            { "a reset after the hello", FailureReason.ResetBeforeServerHello },
            { "plain HTTP", FailureReason.NotTls },
            { "a redirect over HTTP", FailureReason.NotTls },
            { "SSH", FailureReason.NotTls },
            { "SMTP", FailureReason.NotTls },
        };

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_server_that_does_not_shake_hands_has_one_reason(string script, FailureReason reason)
    {
        var failure = await Prober.FailAsync(ScriptOf(script));

        failure.Reason.ShouldBe(reason);
        failure.Stage.ShouldBe(ProbeStage.Handshake);
        failure.ConnectTime.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_silent_server_is_a_time_out()
    {
        var failure = await Prober.OutwaitAsync(new() { Script = ServerScript.Silence }, isRead: _ => true);

        failure.Reason.ShouldBe(FailureReason.HandshakeTimeout);
        failure.Stage.ShouldBe(ProbeStage.Handshake);
        failure.ConnectTime.ShouldNotBeNull();
    }

    private static ServerScript ScriptOf(string name) =>
        name switch
        {
            "a close" => ServerScript.ClosesAtOnce,
            "a close after the hello" => new(ReadsFirst: true, default, ConnectionEnd.Close),
            "a reset after the hello" => new(ReadsFirst: true, default, ConnectionEnd.Reset),
            "plain HTTP" => ServerScript.PlainHttp,
            "a redirect over HTTP" => ServerScript.Replies("HTTP/1.1 301 Moved Permanently\r\nLocation: https://www.example.test/\r\n\r\n"),
            "SSH" => ServerScript.Greets("SSH-2.0-OpenSSH_9.2p1\r\n"),
            "SMTP" => ServerScript.Greets("220 mail.example.test ESMTP\r\n"),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such script"),
        };

    [Fact]
    public async Task A_reset_right_after_the_connection_opened_is_met_by_connect_or_by_the_hello()
    {
        var failure = await Prober.FailAsync(new ServerScript(ReadsFirst: false, default, ConnectionEnd.Reset));

        failure.Reason.ShouldBeOneOf(FailureReason.ConnectionReset, FailureReason.ResetBeforeServerHello);
        failure.Detail.ShouldContain("reset");
    }

    [Theory]
    [InlineData(40)]
    [InlineData(70)]
    [InlineData(80)]
    [InlineData(112)]
    public async Task An_alert_is_reported_by_number(byte number)
    {
        var failure = await Prober.FailAsync(ServerScript.Alert(number));

        failure.Reason.ShouldBe(FailureReason.AlertReceived);
        failure.Detail.ShouldContain($"alert {number} ({TlsAlerts.Name(number)})");
        failure.Seen.Alerts.ShouldContain(alert => alert.Received && alert.Fatal && alert.Number == number);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(112)]
    public async Task An_alert_in_a_record_without_a_version_is_an_alert(byte number)
    {
        var failure = await Prober.FailAsync(
            new ServerScript(ReadsFirst: true, new byte[] { 21, 0, 0, 0, 2, 2, number }, ConnectionEnd.Close)
        );

        failure.Reason.ShouldBe(FailureReason.AlertReceived);
        failure.Detail.ShouldBe($"alert {number} ({TlsAlerts.Name(number)}) in a record without a version, before its ServerHello");
        failure.Seen.Alerts.ShouldHaveSingleItem().ShouldBe(new TlsAlert(Received: true, Fatal: true, number, TlsAlerts.Name(number)));
    }

    [Theory]
    [InlineData(new byte[] { 21, 0, 0, 0, 3, 2, 40 })]
    [InlineData(new byte[] { 21, 0, 0, 0, 2, 9, 40 })]
    [InlineData(new byte[] { 22, 0, 0, 0, 2, 2, 40 })]
    public async Task What_only_looks_like_such_an_alert_is_not_TLS(byte[] bytes) =>
        (await Prober.FailAsync(new ServerScript(ReadsFirst: true, bytes, ConnectionEnd.Close))).Reason.ShouldBe(FailureReason.NotTls);

    [Fact]
    public async Task A_cut_flight_ends_during_the_handshake()
    {
        foreach (
            var (end, reason) in new[]
            {
                (ConnectionEnd.Close, FailureReason.ClosedDuringHandshake),
                (ConnectionEnd.Reset, FailureReason.ResetDuringHandshake),
                (ConnectionEnd.Hold, FailureReason.HandshakeTimeout),
            }
        )
        {
            var shape = Prober.EcdsaShape with { Protocols = new(TlsProtocol.Tls12), CutAfterBytes = 200, AfterCut = end };

            var failure = await Prober.OutwaitAsync(shape, seen => seen.Protocol is not null);

            failure.Reason.ShouldBe(reason);
            failure.Detail.ShouldContain("ServerHello");
        }
    }
}
