using OriginWatch.Probing;
using OriginWatch.Reporting;

namespace OriginWatch.Tests.Reporting;

public class ExplainReportTests
{
    [Fact]
    public void What_CloudFront_counted_is_told_too()
    {
        var report = SampleReports.OfTraffic(
            new(
                new(5310, 1200),
                OriginWatch.Rules.TrafficMeaning.Agrees,
                "CloudFront agrees: it returned 5xx for about 1,200 of 5,310 requests"
            ),
            SampleReports.Good("app")
        );
        ExplainReport
            .Render(report)
            .ToPlainText()
            .ShouldContain("Last 24 h       CloudFront agrees: it returned 5xx for about 1,200 of 5,310 requests.");
    }

    [Fact]
    public void Incomplete_chain_is_told_from_settings_to_remedy() =>
        Explain(
                SampleReports.Rejected(
                    "incomplete",
                    SampleChains.MissingIntermediate("incomplete.example.com"),
                    SampleRules.Complete,
                    "an intermediate was not sent"
                )
            )
            .ShouldBe(
                """
                e1demo.example.org (E1DEMO/incomplete): CloudFront rejects this origin: its viewers get an error

                CRITICAL  an intermediate was not sent [OW403]
                          Fix: Install the full chain: the certificate and then its intermediates.

                incomplete.example.com:443
                  Connected to  incomplete.example.com:443, 1 address
                  ClientHello   TLSv1.2, TLSv1.3
                  Answer        192.0.2.10: TLSv1.3, TLS_AES_128_GCM_SHA256, x25519, ecdsa_sha256, connected in 12
                                ms, handshake in 31 ms
                  Chain as sent: 1 certificate, not trusted
                  ✗ 0 CN=incomplete.example.com
                    │ 2026-10-19 to 2027-01-17 (in 55 days), ECDSA 256, serial 4a11
                    │ issued by CN=Example Issuing CA 7,O=Example Trust,C=US
                    │ sha256 824657a1827779f7f7e5771435dd284d31ec1c5ef5076759afd6b794cf3a4d75
                    │ the issuer of certificate 0, CN=Example Issuing CA 7,O=Example Trust,C=US, was not sent.
                      Append the certificate of CN=Example Issuing CA 7,O=Example Trust,C=US to the bundle.
                    └─ ✗ missing: CN=Example Issuing CA 7,O=Example Trust,C=US

                Origin          incomplete.example.com (custom)
                Distribution    de1demo.cloudfront.net, "Sample"
                Aliases         e1demo.example.org
                Settings        https-only, HTTPS port 443, HTTP port 80, protocols TLSv1.2, ipv4, 3 attempts of 10
                                s
                Behaviors       * (allow-all)
                Host header     not forwarded: no behavior that reaches the origin forwards Host
                Requested names incomplete.example.com, the origin's domain name

                0 rules passed, 0 rules not applicable or not tested; --verbose lists them

                """
            );

    [Fact]
    public void Origin_that_is_not_probed_says_why_and_shows_the_change_whole() =>
        Explain(SampleReports.HttpOnly("legacy"))
            .ShouldBe(
                """
                e1demo.example.org (E1DEMO/legacy): this origin is not probed
                Not probed      CloudFront reaches it over HTTP only

                HIGH      CloudFront reaches the origin over HTTP only [OW101]
                          Fix: Set the origin's protocol policy to HTTPS only, then invalidate what was fetched over
                            HTTP.
                          aws cloudfront get-distribution-config --id E1DEMO > config.json
                          jq '(.DistributionConfig.Origins.Items[] | select(.Id == "legacy").CustomOriginConfig.OriginProtocolPolicy) = "https-only" | .DistributionConfig' config.json > changed.json
                          aws cloudfront update-distribution --id E1DEMO --if-match "$(jq -r .ETag config.json)" --distribution-config file://changed.json
                          CloudFormation, AWS::CloudFront::Distribution: DistributionConfig.Origins[].CustomOriginConfig.OriginProtocolPolicy: https-only
                          Terraform, aws_cloudfront_distribution: origin.custom_origin_config: origin_protocol_policy = "https-only"

                Origin          legacy.example.com (custom)
                Distribution    de1demo.cloudfront.net, "Sample"
                Aliases         e1demo.example.org
                Settings        http-only, HTTPS port 443, HTTP port 80, protocols TLSv1.2, ipv4, 3 attempts of 10 s
                Behaviors       * (allow-all)
                Host header     not forwarded: no behavior that reaches the origin forwards Host

                0 rules passed, 0 rules not applicable or not tested; --verbose lists them

                """
            );

    [Fact]
    public void Failure_is_told_with_stage_reason_and_evidence() =>
        Explain(SampleReports.Unjudged("blocked"))
            .ShouldContain("Answer        192.0.2.10: failed at connect (connectTimeout): no answer within 10 s");

    [Fact]
    public void The_question_under_the_origins_own_name_is_told_with_its_answer()
    {
        var origin = SampleReports
            .Of(SampleReports.Failing("web", SampleRules.CommonProtocol, ProbeStage.Handshake, FailureReason.AlertReceived, "alert 40"))
            .Origins[0];
        var target = origin.Observation.Targets[0] with { UnderOwnName = [Given.Address("192.0.2.10", Given.Handshake())] };

        ExplainReport
            .Render(origin with { Observation = origin.Observation with { Targets = [target] } })
            .ToPlainText()
            .ShouldContain(
                """
                  ClientHello   TLSv1.2, TLSv1.3, under the origin's own name web.example.com
                  Answer        192.0.2.10: TLSv1.3

                """
            );
    }

    [Fact]
    public void Http_port_is_told_with_what_it_answered()
    {
        Explain(SampleReports.HttpOnly("legacy") with { Http = Given.Refused() })
            .ShouldContain(
                """
                http://legacy.example.com:80
                  Connected to  legacy.example.com:80, 1 address
                  Answer        192.0.2.10: failed at connect (connectionRefused): connection refused

                """
            );
        Explain(SampleReports.HttpOnly("legacy") with { Http = new Connected { ConnectTime = TimeSpan.FromMilliseconds(12) } })
            .ShouldSatisfyAllConditions(
                text => text.ShouldContain("  Answer        192.0.2.10: connected in 12 ms"),
                text =>
                    text.ReplaceLineEndings(" ")
                        .ShouldStartWith(
                            "e1demo.example.org (E1DEMO/legacy): CloudFront fetches from this origin over HTTP (unencrypted); its HTTP port accepts connections "
                        )
            );
    }

    [Fact]
    public void Hostile_text_moves_no_cursor_and_ends_no_line()
    {
        foreach (var origin in HostileText.Report().Origins)
        {
            var lines = ExplainReport.Render(origin);
            lines.SelectMany(line => line.ToString()).Where(char.IsControl).ShouldBeEmpty();
            lines.Select(line => line.ToString()).ShouldNotContain(line => line.StartsWith("Fix:"));
        }
    }

    private static string Explain(SampleOrigin origin) => ExplainReport.Render(SampleReports.Of(origin).Origins[0]).ToPlainText();
}
