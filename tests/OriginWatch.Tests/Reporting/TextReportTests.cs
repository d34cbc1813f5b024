using OriginWatch.Audit;
using OriginWatch.Reporting;
using OriginWatch.Rules;

namespace OriginWatch.Tests.Reporting;

public class TextReportTests
{
    [Fact]
    public void Healthy_account_is_said_in_a_few_lines()
        => TextReport.Render(SampleReports.Healthy()).ToPlainText().ShouldBe("""
            CloudFront accepts all 2 probed origins, and no certificate is about to expire.

            Origins   3 origins in 1 distribution, 2 targets probed: 2 accepted, 0 rejected, 0 undetermined, 1
                      not probed
            Findings  0 critical, 0 high, 0 medium, 0 low, 0 informational, 0 undetermined
            Run       started 2026-11-23T06:00:00Z, took 9 s, account 123456789012, complete
                      roots: Mozilla, NSS 2.92, 41 days old

            """);

    [Fact]
    public void Demo_puts_what_to_do_first_on_top()
        => TextReport.Render(SampleReports.Demo()).ToPlainText().ShouldBe("""
            11 of 18 origins fail for viewers now, 1 will on 2026-11-28, 3 are fetched over HTTP and 1 could not
            be evaluated.

            Do first
              1. expired.example.com:443: expired on 2026-11-13, 10 days ago. Renew the certificate on the
                 origin and reload the server. (2 origins, OW301)
              2. self-signed.example.com:443: the certificate is self-signed. Install a certificate from a
                 public certification authority. (1 origin, OW401)
              3. unknown-ca.example.com:443: the chain ends at CN=Corp Internal CA, a root that Mozilla never
                 had. Install a certificate from a public certification authority. (1 origin, OW402)

            Fails now: 10 causes, 11 origins

            CRITICAL  expired.example.com:443: expired on 2026-11-13, 10 days ago [OW301]
                      1 certificate, 2 origins, 2 distributions: e1demo.example.org (E1DEMO/expired),
                        e2shop.example.org (E2SHOP/expired-too)
                      Certificate CN=expired.example.com, issued by CN=Example Issuing CA 7,O=Example
                        Trust,C=US, valid until 2026-11-13 (10 days ago)
                      Fix: Renew the certificate on the origin and reload the server.

            CRITICAL  self-signed.example.com:443: the certificate is self-signed [OW401]
                      1 certificate, 1 origin, 1 distribution: e1demo.example.org (E1DEMO/self-signed)
                      Certificate CN=self-signed.example.com, issued by CN=self-signed.example.com, valid until
                        2027-09-19 (in 300 days)
                      Fix: Install a certificate from a public certification authority.

            CRITICAL  unknown-ca.example.com:443: the chain ends at CN=Corp Internal CA, a root that Mozilla
                      never had [OW402]
                      1 certificate, 1 origin, 1 distribution: e1demo.example.org (E1DEMO/unknown-ca)
                      Certificate CN=unknown-ca.example.com, issued by CN=Corp Internal CA, valid until
                        2027-02-11 (in 80 days)
                      Fix: Install a certificate from a public certification authority.

            CRITICAL  incomplete.example.com:443: the issuer of the certificate, CN=Example Issuing CA
                      7,O=Example Trust,C=US, was not sent [OW403]
                      1 certificate, 1 origin, 1 distribution: e1demo.example.org (E1DEMO/incomplete)
                      Certificate CN=incomplete.example.com, issued by CN=Example Issuing CA 7,O=Example
                        Trust,C=US, valid until 2027-01-17 (in 55 days)
                      Fix: Install the full chain: the certificate and then its intermediates.

            CRITICAL  shuffled.example.com:443: certificate 2 was sent after certificate 1, which it must
                      precede [OW404]
                      1 certificate, 1 origin, 1 distribution: e1demo.example.org (E1DEMO/shuffled)
                      Certificate CN=shuffled.example.com, issued by CN=Example Issuing CA 7,O=Example
                        Trust,C=US, valid until 2027-02-01 (in 70 days)
                      Fix: Put the certificates in order: leaf first, then each one's issuer.

            CRITICAL  misnamed.example.com:443: the certificate covers other.example.net, not
                      misnamed.example.com [OW304]
                      1 certificate, 1 origin, 1 distribution: e1demo.example.org (E1DEMO/misnamed)
                      Certificate CN=other.example.net, issued by CN=Example Issuing CA 7,O=Example Trust,C=US,
                        valid until 2027-01-22 (in 60 days)
                      Fix: Install a certificate that lists this name.

            CRITICAL  old-tls.example.com:443: the server chose TLSv1, which is not in the origin's list [OW207]
                      1 origin, 1 distribution: e1demo.example.org (E1DEMO/old-tls)
                      Fix: Turn on TLS 1.2 on the origin.

            CRITICAL  plain.example.com:443: HTTP was spoken on port 443 [OW206]
                      1 origin, 1 distribution: e1demo.example.org (E1DEMO/plain)
                      Fix: Serve TLS on this port, or correct HTTPSPort.

            CRITICAL  closed.example.com:443: 192.0.2.10 refused the connection on port 443 [OW203]
                      1 origin, 1 distribution: e1demo.example.org (E1DEMO/closed)
                      Fix: Start the server, or open its port to CloudFront's addresses.

            HIGH      silent.example.com:443: connected, then silent for 10 s [OW205]
                      1 origin, 1 distribution: e1demo.example.org (E1DEMO/silent)
                      Fix: Find out what listens on the port: it takes connections and never speaks.

            Will fail: 1 cause, 1 origin

            HIGH      expiring.example.com:443: expires on 2026-11-28, in 5 days [OW303]
                      1 certificate, 1 origin, 1 distribution: e1demo.example.org (E1DEMO/expiring)
                      Certificate CN=expiring.example.com, issued by CN=Example Issuing CA 7,O=Example
                        Trust,C=US, valid until 2026-11-28 (in 5 days)
                      Fix: Renew the certificate before it expires, and find out why it was not renewed by
                        itself.

            Fetched over HTTP: 2 causes, 3 origins

            HIGH      2 origins: CloudFront reaches the origin over HTTP only [OW101]
                      2 origins, 2 distributions: e1demo.example.org (E1DEMO/legacy), e2shop.example.org
                        (E2SHOP/reports)
                      Fix: Set the origin's protocol policy to HTTPS only, then invalidate what was fetched over
                        HTTP.
                      The commands: originwatch explain E1DEMO/legacy

            HIGH      e1demo.example.org (E1DEMO/viewer): the default behavior allows HTTP [OW102]
                      1 origin, 1 distribution: e1demo.example.org (E1DEMO/viewer)
                      Fix: Redirect viewers to HTTPS in these behaviors, or set the origin to HTTPS only.

            Recommended changes: 1 cause, 1 origin

            MEDIUM    e1demo.example.org (E1DEMO/dated): TLSv1 and TLSv1.1 are allowed [OW104]
                      1 origin, 1 distribution: e1demo.example.org (E1DEMO/dated)
                      Fix: Remove SSLv3, TLSv1 and TLSv1.1 from the origin's protocols.

            Could not be evaluated: 1 cause, 1 origin

            UNKNOWN   blocked.example.com:443: 192.0.2.10 did not answer within 10 s; an allow-list may admit
                      CloudFront alone [OW204]
                      1 origin, 1 distribution: e1demo.example.org (E1DEMO/blocked)
                      To evaluate it: Let the auditor's address in, or judge the origin from a place that may reach
                        it.

            Origins   18 origins in 2 distributions, 15 targets probed: 4 accepted, 11 rejected, 1 undetermined,
                      2 not probed
            Findings  10 critical, 5 high, 1 medium, 0 low, 1 informational, 1 undetermined
            Run       started 2026-11-23T06:00:00Z, took 9 s, account 123456789012, complete
                      roots: Mozilla, NSS 2.92, 41 days old

            """);

    [Fact]
    public void Empty_listing_is_never_called_clean() => Verdict(SampleReports.Of()).ShouldBe("Warning: no distributions with origins found in account 123456789012.");

    [Fact]
    public void Nothing_judged_is_never_called_clean()
        => Verdict(SampleReports.Of(SampleReports.Good("assets") with { Chain = null, NotProbedBecause = "an S3 bucket", Verdict = OriginVerdict.NotProbed })).ShouldBe("Nothing was evaluated: none of 1 origin answered a TLS handshake of CloudFront's.");

    [Fact]
    public void Incomplete_run_says_so_in_its_first_words()
    {
        var report = SampleReports.Healthy();
        var text = TextReport.Render(report with { Run = report.Run with { IncompleteBecause = "The run was interrupted: 2 of 4 targets not reached." } });
        text[0].ToString().ShouldBe("Incomplete run. CloudFront accepts all 2 probed origins, and no certificate is about to expire.");
        text[1].ToString().ShouldBe("The run was interrupted: 2 of 4 targets not reached.");
    }

    [Fact]
    public void What_is_only_worth_knowing_is_listed_on_request()
    {
        TextReport.Render(SampleReports.Demo()).ToPlainText().ShouldNotContain("the root was sent");
        TextReport.Render(SampleReports.Demo(), new() { Verbose = true }).ToPlainText().ShouldContain("the root was sent");
    }

    [Fact]
    public void Suppressed_findings_stay_apart_with_the_reason()
    {
        var report = SampleReports.Demo();
        var options = new ReportOptions { Suppressed = report.Findings.Where(finding => finding.Rule.Id == "OW301").ToDictionary(finding => finding.Key, _ => "moves next week", StringComparer.Ordinal) };
        var text = TextReport.Render(report, options).ToPlainText();
        text.ShouldStartWith("9 of 18 origins fail for viewers now");
        text.ShouldContain("Accepted: moves next week");
    }

    [Fact]
    public void New_findings_are_marked_against_a_baseline()
    {
        var report = SampleReports.Demo();
        var options = new ReportOptions { Baseline = report.Findings.Skip(1).Select(finding => finding.Key).ToHashSet(StringComparer.Ordinal) };
        TextReport.Render(report, options).ToPlainText().Split("new]").Length.ShouldBe(2);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(100)]
    public void No_line_is_wider_than_asked_and_no_hash_is_split(int width)
    {
        foreach (var report in new[] { SampleReports.Demo(), HostileText.Report(), SampleReports.Many(500) })
        {
            TextReport.Render(report, new() { Width = width, Verbose = true }).ShouldAllBe(line => TextFlow.WidthOf(line.ToString()) <= width);
        }

        TextReport.Render(SampleReports.Demo(), new() { Verbose = true }).ShouldContain(line => line.ToString().Trim() == $"sha256 {SampleChains.Leaf(0, "expired.example.com", 0).Sha256}");
    }

    [Fact]
    public void Hostile_text_writes_no_line_of_its_own()
    {
        var text = TextReport.Render(HostileText.Report(), new() { Verbose = true });
        text.SelectMany(line => line.ToString()).Where(char.IsControl).ShouldBeEmpty();
        text.ShouldNotContain(line => line.ToString().Contains('\u202e'));
        text.ShouldNotContain(line => line.ToString().StartsWith("Fix:"));
    }

    [Fact]
    public void One_cause_is_one_item_however_many_origins_it_stands_behind()
    {
        var chain = SampleChains.Expired("shared.example.com", -10);
        var report = SampleReports.Of([.. Enumerable.Range(0, 14).Select(i => SampleReports.Rejected($"o{i}", chain, SampleRules.NotExpired, "expired") with { DistributionId = $"E{i % 9}", DomainName = "shared.example.com" })]);
        TextReport.Render(report).ToPlainText().ShouldContain("1 certificate, 14 origins, 9 distributions: ");
    }

    [Fact]
    public void Fifty_thousand_findings_stay_readable()
    {
        SampleReports.Large.Findings.Count.ShouldBe(49_500);
        var lines = TextReport.Render(SampleReports.Large);
        lines.Count.ShouldBeLessThan(500);
        lines[0].ToString().ShouldStartWith("16,500 of 66,000 origins fail for viewers now");
    }

    private static string Verdict(AuditReport report) => TextReport.Render(report)[0].ToString();
}
