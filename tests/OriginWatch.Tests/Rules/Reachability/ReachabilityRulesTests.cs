using System.Net;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Tls;

namespace OriginWatch.Tests.Rules.Reachability;

/// <summary>Each cause is one rule's: the others pass it by, or say that they could not get that far.</summary>
public class ReachabilityRulesTests
{
    private static readonly RuleCatalog Catalog = new(new());

    public static TheoryData<FailureReason, string, Severity?> Causes =>
        new()
        {
            // null: nobody can tell from here
            { FailureReason.InvalidName, "OW201", Severity.Critical },
            { FailureReason.NameNotFound, "OW201", Severity.Critical },
            { FailureReason.NoAddressOfFamily, "OW201", Severity.Critical },
            { FailureReason.ServerFailure, "OW201", null },
            { FailureReason.ResolverTimeout, "OW201", null },
            { FailureReason.RunDeadline, "OW201", null },
            { FailureReason.ConnectionRefused, "OW202", Severity.Critical },
            { FailureReason.AddressNotAllowed, "OW202", null },
            { FailureReason.ConnectionReset, "OW202", null },
            { FailureReason.Unreachable, "OW202", null },
            { FailureReason.NoRouteForFamily, "OW202", null },
            { FailureReason.ConnectTimeout, "OW202", null },
            { FailureReason.HandshakeTimeout, "OW203", Severity.High },
            { FailureReason.ClosedBeforeServerHello, "OW203", null },
            { FailureReason.ResetBeforeServerHello, "OW203", null },
            { FailureReason.NotTls, "OW204", Severity.Critical },
            { FailureReason.NoCommonProtocol, "OW205", Severity.Critical },
            { FailureReason.NoCommonCipherSuite, "OW206", Severity.Critical },
            { FailureReason.NoCommonGroup, "OW206", Severity.Critical },
            { FailureReason.NoCommonSignatureScheme, "OW206", Severity.Critical },
            { FailureReason.ClosedDuringHandshake, "OW207", Severity.Critical },
            { FailureReason.ResetDuringHandshake, "OW207", Severity.Critical },
            { FailureReason.MalformedMessage, "OW207", Severity.Critical },
            { FailureReason.UnsupportedRetry, "OW207", Severity.High },
            { FailureReason.DowngradeDetected, "OW207", Severity.Critical },
            { FailureReason.MessageTooLarge, "OW210", Severity.High },
        };

    [Theory]
    [MemberData(nameof(Causes))]
    public void Each_reason_is_one_rules_to_report(FailureReason reason, string ruleId, Severity? severity) =>
        ShouldBlameOnly(Failure(reason), ruleId, severity);

    [Fact]
    public void Every_reason_of_the_closed_list_has_a_rule() =>
        Enum.GetValues<FailureReason>()
            .Except([FailureReason.AlertReceived, FailureReason.ChainTooLong])
            .ShouldBe(Causes.Select(row => row.Data.Item1), ignoreOrder: true);

    [Theory]
    [InlineData(70, "OW205")]
    [InlineData(40, "OW206")]
    [InlineData(71, "OW206")]
    [InlineData(80, "OW207")]
    [InlineData(112, "OW218")]
    [InlineData(116, "OW209")]
    public void An_alert_goes_to_the_rule_that_it_is_about(int number, string ruleId) =>
        ShouldBlameOnly(Alert(number), ruleId, Severity.Critical);

    [Theory]
    [InlineData(112, "OW218")]
    [InlineData(90, "OW207")]
    public void A_warning_in_a_completed_handshake_is_High_because_Amazons_library_ends_there(int number, string ruleId) =>
        ShouldBlameOnly(
            new Handshake
            {
                Seen = new() { Protocol = TlsProtocol.Tls12, Alerts = [new(Received: true, Fatal: false, number, TlsAlerts.Name(number))] },
            },
            ruleId,
            Severity.High
        );

    [Theory]
    [InlineData(FailureReason.AlertReceived)]
    [InlineData(FailureReason.ClosedDuringHandshake)]
    [InlineData(FailureReason.ResetDuringHandshake)]
    public void Whatever_ends_the_handshake_after_a_certificate_request_is_a_demand_for_one(FailureReason reason) =>
        ShouldBlameOnly(
            Failure(reason, new() { Protocol = TlsProtocol.Tls12, ClientCertificateRequested = true }),
            "OW209",
            Severity.Critical
        );

    [Fact]
    public void A_certificate_request_that_does_not_end_the_handshake_is_Medium() =>
        ShouldBlameOnly(
            new Handshake
            {
                Seen = new() { Protocol = TlsProtocol.Tls12, ClientCertificateRequested = true },
            },
            "OW209",
            Severity.Medium
        );

    [Fact]
    public void With_origin_mutual_TLS_a_demand_for_the_certificate_passes()
    {
        var origin = Given.Origin() with
        {
            CustomOriginConfig = new() { OriginProtocolPolicy = OriginProtocolPolicy.HttpsOnly, HasOriginMtls = true },
        };
        var failure = Failure(
            FailureReason.AlertReceived,
            new()
            {
                Protocol = TlsProtocol.Tls12,
                ClientCertificateRequested = true,
                Alerts = [new(true, true, 40, "handshake_failure")],
            }
        );

        var verdicts = Judge(failure, Given.Observation(Given.Use(Given.Distribution(origin))));

        verdicts.Values.Where(verdict => verdict is not (Verdict.Pass or Verdict.NotApplicable)).ShouldBeEmpty();
        verdicts["OW207"]
            .ShouldBe(new Verdict.Pass("evaluated up to the client certificate, which only CloudFront has") { WithoutHandshake = true });
    }

    [Fact]
    public void A_handshake_that_stalls_after_the_ServerHello_is_High() =>
        ShouldBlameOnly(Failure(FailureReason.HandshakeTimeout, new() { Protocol = TlsProtocol.Tls12 }), "OW207", Severity.High);

    [Fact]
    public void A_completed_handshake_passes_every_rule() =>
        Judge(
            new Handshake
            {
                Seen = new()
                {
                    Protocol = TlsProtocol.Tls12,
                    CipherSuite = 0xc02f,
                    SignatureScheme = 0x0401,
                },
            }
        )
            .Values.Where(verdict => verdict is not (Verdict.NotApplicable or Verdict.Pass { Remark: null }))
            .ShouldBeEmpty();

    [Theory]
    [InlineData(TlsProtocol.Tls13, 0x1301, 0x0804, "TLS 1.3")]
    [InlineData(TlsProtocol.Tls12, 0xc02f, 0x0804, "the signature scheme rsa_pss_rsae_sha256")]
    [InlineData(TlsProtocol.Tls12, 0x009c, null, "the cipher suite AES128-GCM-SHA256")]
    public void What_only_the_newer_profile_offers_passes_with_a_remark_that_names_it(
        TlsProtocol protocol,
        int suite,
        int? scheme,
        string what
    ) =>
        Judge(
            new Handshake
            {
                Seen = new()
                {
                    Protocol = protocol,
                    CipherSuite = suite,
                    SignatureScheme = scheme,
                },
            }
        )["OW207"]
            .ShouldBeOfType<Verdict.Pass>()
            .Remark.ShouldNotBeNull()
            .ShouldStartWith($"negotiated {what}, ");

    [Fact]
    public void A_message_over_64_KiB_is_flagged_although_the_handshake_was_completed() =>
        ShouldBlameOnly(new Handshake { Seen = new() { LongestHandshakeMessage = 65_537 } }, "OW210", Severity.High);

    [Fact]
    public void A_chain_that_was_cut_is_rejected_and_the_cut_is_told()
    {
        var cut = Failure(
            FailureReason.ChainTooLong,
            new() { Chain = [.. Enumerable.Repeat(new ReadOnlyMemory<byte>([1]), 64)], LongestHandshakeMessage = 300_000 }
        );
        var judged = Judge(cut);
        judged.Where(answer => answer.Value is Verdict.Fail).ShouldHaveSingleItem().Key.ShouldBe("OW210");
        judged["OW210"].ShouldBeOfType<Verdict.Fail>().Detail.ShouldContain("the first 64");
    }

    [Theory]
    [InlineData(443, "Turn TLS on for port 443")]
    [InlineData(8080, "Set the origin's HTTPSPort to the server's TLS port (usually 443), or turn TLS on for port 8080")]
    public void Plain_HTTP_is_named_with_the_likely_mistake(int port, string remedy)
    {
        var failure = Failure(FailureReason.NotTls, new() { SpokeInstead = "plain HTTP (\"HTTP/1.1 400 Bad Request\")" });
        var seen = Given.Seen(Given.Address("192.0.2.1", failure));
        Answers(Given.Observation(null, seen with { Name = seen.Name with { Target = seen.Name.Target with { Port = port } } }))["OW204"]
            .ShouldBeOfType<Verdict.Fail>()
            .Remediation.ShouldNotBeNull()
            .ShouldStartWith(remedy);
    }

    /// <summary>Nginx with an RSA key and a file that begins with an EC intermediate starts, and answers alert 40.</summary>
    [Fact]
    public void An_alert_of_a_server_without_a_usable_certificate_leads_to_the_certificate_too()
    {
        Judge(Alert(40))["OW206"]
            .ShouldBeOfType<Verdict.Fail>()
            .Remediation.ShouldNotBeNull()
            .ShouldContain("check that the server has a certificate for ");
        Judge(Failure(FailureReason.NoCommonGroup))["OW206"].ShouldBeOfType<Verdict.Fail>().Remediation.ShouldBeNull();
    }

    [Fact]
    public void Addresses_that_were_not_looked_at_are_mentioned()
    {
        var seen = Given.Seen(Given.Address("192.0.2.1", Given.Handshake())) with { AddressesFound = 12 };

        Answers(Given.Observation(null, seen))["OW202"].ShouldBe(new Verdict.Pass("1 of the name's 12 addresses were looked at"));
    }

    [Fact]
    public void Silence_after_a_judged_night_is_High_and_stays_undetermined()
    {
        var prior = new PriorOutcome(OriginVerdict.Accepts, Given.Now.AddDays(-1));

        var verdicts = Judge(Failure(FailureReason.ConnectTimeout), Given.Observation() with { Prior = prior });

        verdicts["OW202"].ShouldBeOfType<Verdict.Undetermined>();
        verdicts["OW211"].ShouldBe(new Verdict.Fail("answered before, on 2026-11-22, silent now: what happened"));
    }

    [Fact]
    public void Silence_of_an_origin_that_only_CloudFront_ever_reached_is_nothing_new() =>
        Judge(
            Failure(FailureReason.ConnectTimeout),
            Given.Observation() with
            {
                Prior = new(OriginVerdict.Accepts, Given.Now.AddDays(-1)) { ByEdge = true },
            }
        )["OW211"]
            .ShouldBe(new Verdict.NotApplicable("only CloudFront's answer evaluated the origin before"));

    [Fact]
    public void Silence_of_an_origin_that_was_never_judged_is_no_finding() =>
        Judge(Failure(FailureReason.ConnectTimeout))["OW211"].ShouldBeOfType<Verdict.NotApplicable>();

    [Fact]
    public void An_HTTP_only_origin_is_asked_for_its_name_and_its_HTTP_port_alone()
    {
        var use = Given.Use(Given.Distribution(Given.Origin(policy: "http-only")));

        var verdicts = Judge(Failure(FailureReason.NameNotFound), Given.Observation(use));

        verdicts["OW201"].ShouldBeOfType<Verdict.Fail>();
        verdicts
            .Where(verdict => verdict.Key is not ("OW201" or "OW212"))
            .Select(verdict => verdict.Value)
            .Where(verdict => verdict is not Verdict.NotApplicable)
            .ShouldBeEmpty();
    }

    private static void ShouldBlameOnly(ProbeResult result, string ruleId, Severity? severity)
    {
        var verdicts = Judge(result);
        if (severity is null)
        {
            verdicts[ruleId].ShouldBeOfType<Verdict.Undetermined>().IsConsequence.ShouldBeFalse();
        }
        else
        {
            var fail = verdicts[ruleId].ShouldBeOfType<Verdict.Fail>();
            (fail.Severity ?? Catalog.Rules.Single(rule => rule.Metadata.Id == ruleId).Metadata.Severity).ShouldBe(severity.Value);
        }

        verdicts.Remove(ruleId);
        verdicts
            .Values.Where(verdict => verdict is not (Verdict.Pass or Verdict.NotApplicable or Verdict.Undetermined { IsConsequence: true }))
            .ShouldBeEmpty();
    }

    private static Dictionary<string, Verdict> Judge(ProbeResult result, Observation? observation = null) =>
        Answers(
            (observation ?? Given.Observation()) with
            {
                Targets = [Given.Seen(new AddressObservation(IPAddress.Loopback, [new(Given.Tls12And13, Given.Attempt(result), null)]))],
            }
        );

    private static Dictionary<string, Verdict> Answers(Observation observation) =>
        Catalog
            .Rules.Where(rule => rule.Metadata.Id.StartsWith("OW2", StringComparison.Ordinal))
            .ToDictionary(rule => rule.Metadata.Id, rule => rule.Judge(observation).ShouldHaveSingleItem().Verdict, StringComparer.Ordinal);

    private static ProbeFailure Failure(FailureReason reason, ServerFlight? seen = null) =>
        new()
        {
            Stage = ProbeStage.Handshake,
            Reason = reason,
            Detail = "what happened",
            Seen = seen ?? ServerFlight.Nothing,
        };

    private static ProbeFailure Alert(int number) =>
        Failure(FailureReason.AlertReceived, new() { Alerts = [new(Received: true, Fatal: true, number, TlsAlerts.Name(number))] });
}
