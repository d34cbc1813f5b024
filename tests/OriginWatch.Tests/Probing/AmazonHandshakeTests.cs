using OriginWatch.Loopback;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Tls;
using static OriginWatch.Tests.Probing.ServerMessages;

namespace OriginWatch.Tests.Probing;

/// <summary>
/// Handshakes at which s2n-tls and a patient client differ. What s2n-tls does was seen with aws-crt 1.33: it ends at each of these, and
/// OpenSSL 3.0 at those that are Critical.
/// </summary>
public class AmazonHandshakeTests
{
    private const byte AlertRecord = 21;
    private const byte Warning = 1;
    private static readonly RuleCatalog Catalog = new(new());

    private static readonly byte[] RetryRandom = Convert.FromHexString("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    [Theory]
    [InlineData(TlsProtocol.Tls12, 112, "OW218")]
    [InlineData(TlsProtocol.Tls13, 112, "OW218")]
    [InlineData(TlsProtocol.Tls12, 90, "OW207")]
    public async Task A_warning_before_the_ServerHello_is_High_although_the_handshake_is_completed(
        TlsProtocol protocol,
        byte alert,
        string rule
    )
    {
        var result = await Prober.LookAsync(
            Prober.RsaShape with
            {
                Protocols = new(protocol),
                Prelude = new byte[] { AlertRecord, 3, 3, 0, 2, Warning, alert },
            }
        );

        result.ShouldBeOfType<Handshake>().Seen.Chain.Count.ShouldBe(2);
        var fail = ShouldBlameOnly(result, rule);
        fail.Severity.ShouldBe(Severity.High);
        fail.Detail.ShouldContain("s2n-tls, Amazon's TLS library, ends the handshake at any alert; OpenSSL does not");
    }

    [Fact]
    public async Task A_warning_that_every_client_ends_at_is_named()
    {
        var failure = await Prober.FailAsync(Prober.RsaShape with { Prelude = new byte[] { AlertRecord, 3, 3, 0, 2, Warning, 100 } });

        failure.Detail.ShouldStartWith(
            "alert 100 (no_renegotiation) as a warning before its ServerHello, at which clients end the handshake"
        );
        ShouldBlameOnly(failure, "OW207").Severity.ShouldBeNull();
    }

    [Theory]
    [InlineData(TlsProtocol.Tls12, 1)]
    [InlineData(TlsProtocol.Tls12, 4)]
    [InlineData(TlsProtocol.Tls11, 1)]
    [InlineData(TlsProtocol.Tls13, 1)]
    public async Task Records_after_the_ServerHello_carry_its_version(TlsProtocol protocol, byte minor)
    {
        var failure = await Prober.FailAsync(Prober.RsaShape with { Protocols = new(protocol), LaterRecordVersion = minor });

        failure.Detail.ShouldBe(
            $"a record of version 3.{minor} after a ServerHello that chose {protocol.CloudFrontName()}, whose records are of version 3.{(protocol == TlsProtocol.Tls11 ? 2 : 3)}"
        );
        failure.Seen.Chain.Count.ShouldBe(protocol == TlsProtocol.Tls13 ? 0 : 2); // TLS 1.3 encrypts it
        var fail = ShouldBlameOnly(failure, "OW207");
        fail.Severity.ShouldBeNull();
        fail.Remediation.ShouldNotBeNull().ShouldStartWith("Update the TLS library of the server");
    }

    [Theory]
    [InlineData(TlsProtocol.Tls11, 2)]
    [InlineData(TlsProtocol.Tls12, 3)]
    [InlineData(TlsProtocol.Tls13, 3)]
    public async Task Records_of_the_right_version_are_no_fault(TlsProtocol protocol, byte minor) =>
        (
            await Prober.LookAsync(Prober.RsaShape with { Protocols = new(protocol), LaterRecordVersion = minor })
        ).ShouldBeOfType<Handshake>();

    [Fact]
    public async Task A_retry_for_a_cookie_alone_breaks_no_protocol_and_is_High()
    {
        var failure = await Prober.FailAsync(
            ServerScript.Messages(Retry([.. Extension(43, UInt16(0x0304)), .. Extension(44, Opaque(2, [1, 2, 3]))]))
        );

        failure.Reason.ShouldBe(FailureReason.UnsupportedRetry);
        failure.Detail.ShouldBe("a HelloRetryRequest that asks for a cookie and for no other key exchange group");
        var fail = ShouldBlameOnly(failure, "OW207");
        fail.Severity.ShouldBe(Severity.High);
        fail.Remediation.ShouldNotBeNull().ShouldStartWith("Turn off stateless retry");
    }

    [Fact]
    public async Task A_retry_for_nothing_at_all_breaks_the_protocol() =>
        (await Prober.FailAsync(ServerScript.Messages(Retry(Extension(43, UInt16(0x0304)))))).Reason.ShouldBe(
            FailureReason.MalformedMessage
        );

    [Theory]
    [InlineData(TlsProtocol.Tls12, 0xc02f, 1)]
    [InlineData(TlsProtocol.Tls11, 0xc013, 0)]
    public async Task A_downgrade_sentinel_is_named(TlsProtocol protocol, int suite, byte sentinel)
    {
        var failure = await Prober.FailAsync(ServerScript.Messages(Hello(protocol, suite, sentinel), Certificate(Prober.RsaShape.Chain)));

        failure.Reason.ShouldBe(FailureReason.DowngradeDetected);
        failure.Detail.ShouldStartWith(
            $"the ServerHello chooses {protocol.CloudFrontName()}, and its random says that the server was offered and supports a newer version"
        );
        ShouldBlameOnly(failure, "OW207").Remediation.ShouldNotBeNull().ShouldStartWith("Remove the firewall or proxy");
    }

    [Fact]
    public async Task Without_a_newer_version_offered_the_sentinel_is_right()
    {
        var script = new TlsServerShape
        {
            Script = ServerScript.Messages(Hello(TlsProtocol.Tls11, 0xc013, 0), Certificate(Prober.RsaShape.Chain)),
        };

        var failure = await Prober.OutwaitAsync(
            script,
            seen => seen.Chain.Count > 0,
            new ProtocolSet(TlsProtocol.Tls10, TlsProtocol.Tls11)
        );

        failure.Reason.ShouldBe(FailureReason.HandshakeTimeout); // it waits for the rest of the flight
        failure.Seen.Chain.Count.ShouldBe(2);
    }

    private static byte[] Hello(TlsProtocol version, int suite, byte sentinel) =>
        Message(2, [.. UInt16((int)version), .. new byte[24], .. "DOWNGRD"u8, sentinel, 0, .. UInt16(suite), 0]);

    private static byte[] Retry(byte[] extensions) =>
        Message(2, [.. UInt16((int)TlsProtocol.Tls12), .. RetryRandom, 0, .. UInt16(0x1301), 0, .. Opaque(2, extensions)]);

    private static byte[] Extension(int type, byte[] data) => [.. UInt16(type), .. Opaque(2, data)];

    private static Verdict.Fail ShouldBlameOnly(ProbeResult result, string ruleId)
    {
        var target = Given.Seen(new AddressObservation(System.Net.IPAddress.Loopback, [new(Prober.Tls, Given.Attempt(result), null)])) with
        {
            Name = new(Given.Target(Prober.Name), ServerNameRole.OriginDomain, Decides: true),
        };
        var failures = Catalog
            .Rules.Where(rule => rule.Metadata.Id.StartsWith("OW2", StringComparison.Ordinal))
            .SelectMany(rule => rule.Judge(Given.Observation(null, target)))
            .Where(judgement => judgement.Verdict is Verdict.Fail)
            .ToList();
        failures.ShouldHaveSingleItem().Rule.Id.ShouldBe(ruleId);
        return (Verdict.Fail)failures[0].Verdict;
    }
}
