using OriginWatch.Reporting;

namespace OriginWatch.Tests.Reporting;

public class MarkdownReportTests
{
    [Fact]
    public void Healthy_account_needs_no_table()
        => MarkdownReport.Render(SampleReports.Healthy()).ShouldBe("""
            ## OriginWatch

            **CloudFront accepts all 2 probed origins, and no certificate is about to expire.**

            <details><summary>This run</summary>

            - Origins: 3 origins in 1 distribution, 2 targets probed: 2 accepted, 0 rejected, 0 undetermined, 1 not probed
            - Findings: 0 critical, 0 high, 0 medium, 0 low, 0 informational, 0 undetermined
            - Run: started 2026-11-23T06:00:00Z, took 9 s, account 123456789012, complete
            - Run: roots: Mozilla, NSS 2.92, 41 days old

            </details>

            """);

    [Fact]
    public void Demo_fits_a_pull_request()
        => MarkdownReport.Render(SampleReports.Demo()).ShouldBe("""
            ## OriginWatch

            **11 of 18 origins fail for viewers now, 1 will on 2026-11-28, 3 are fetched over HTTP and 1 could not be evaluated.**

            ### Do first

            1. **expired.example.com:443**: Renew the certificate on the origin and reload the server.
            2. **self-signed.example.com:443**: Install a certificate from a public certification authority.
            3. **unknown-ca.example.com:443**: Install a certificate from a public certification authority.

            ### Fails now: 11 origins

            | severity | where | what | fix | reach | rule |
            |---|---|---|---|---|---|
            | **critical** | expired.example.com:443 | expired on 2026-11-13, 10 days ago | Renew the certificate on the origin and reload the server. | 1 certificate, 2 origins, 2 distributions: e1demo.example.org and 1 more name | [OW301](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html#OW301) |
            | **critical** | self-signed.example.com:443 | the certificate is self-signed | Install a certificate from a public certification authority. | 1 certificate, 1 origin, 1 distribution: e1demo.example.org | [OW401](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html#OW401) |
            | **critical** | unknown-ca.example.com:443 | the chain ends at CN=Corp Internal CA, a root that Mozilla never had | Install a certificate from a public certification authority. | 1 certificate, 1 origin, 1 distribution: e1demo.example.org | [OW402](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html#OW402) |
            | **critical** | incomplete.example.com:443 | the issuer of the certificate, CN=Example Issuing CA 7,O=Example Trust,C=US, was not sent | Install the full chain: the certificate and then its intermediates. | 1 certificate, 1 origin, 1 distribution: e1demo.example.org | [OW403](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html#OW403) |
            | **critical** | shuffled.example.com:443 | certificate 2 was sent after certificate 1, which it must precede | Put the certificates in order: leaf first, then each one's issuer. | 1 certificate, 1 origin, 1 distribution: e1demo.example.org | [OW404](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html#OW404) |
            | **critical** | misnamed.example.com:443 | the certificate covers other.example.net, not misnamed.example.com | Install a certificate that lists this name. | 1 certificate, 1 origin, 1 distribution: e1demo.example.org | [OW304](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html#OW304) |
            | **critical** | old-tls.example.com:443 | the server chose TLSv1, which is not in the origin's list | Turn on TLS 1.2 on the origin. | 1 origin, 1 distribution: e1demo.example.org | [OW207](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html#OW207) |
            | **critical** | plain.example.com:443 | HTTP was spoken on port 443 | Serve TLS on this port, or correct HTTPSPort. | 1 origin, 1 distribution: e1demo.example.org | [OW206](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html#OW206) |
            | **critical** | closed.example.com:443 | 192.0.2.10 refused the connection on port 443 | Start the server, or open its port to CloudFront's addresses. | 1 origin, 1 distribution: e1demo.example.org | [OW203](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html#OW203) |
            | **high** | silent.example.com:443 | connected, then silent for 10 s | Find out what listens on the port: it takes connections and never speaks. | 1 origin, 1 distribution: e1demo.example.org | [OW205](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html#OW205) |

            ### Will fail: 1 origin

            | severity | where | what | fix | reach | rule |
            |---|---|---|---|---|---|
            | **high** | expiring.example.com:443 | expires on 2026-11-28, in 5 days | Renew the certificate before it expires, and find out why it was not renewed by itself. | 1 certificate, 1 origin, 1 distribution: e1demo.example.org | [OW303](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html#OW303) |

            ### Fetched over HTTP: 3 origins

            | severity | where | what | fix | reach | rule |
            |---|---|---|---|---|---|
            | **high** | 2 origins | CloudFront reaches the origin over HTTP only | Set the origin's protocol policy to HTTPS only, then invalidate what was fetched over HTTP. | 2 origins, 2 distributions: e1demo.example.org and 1 more name | [OW101](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html#OW101) |
            | **high** | e1demo.example.org \(E1DEMO/viewer\) | the default behavior allows HTTP | Redirect viewers to HTTPS in these behaviors, or set the origin to HTTPS only. | 1 origin, 1 distribution: e1demo.example.org | [OW102](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html#OW102) |

            ### Recommended changes: 1 origin

            | severity | where | what | fix | reach | rule |
            |---|---|---|---|---|---|
            | **medium** | e1demo.example.org \(E1DEMO/dated\) | TLSv1 and TLSv1.1 are allowed | Remove SSLv3, TLSv1 and TLSv1.1 from the origin's protocols. | 1 origin, 1 distribution: e1demo.example.org | [OW104](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html#OW104) |

            ### Could not be evaluated: 1 origin

            | severity | where | what | fix | reach | rule |
            |---|---|---|---|---|---|
            | unknown | blocked.example.com:443 | 192.0.2.10 did not answer within 10 s; an allow-list may admit CloudFront alone | Let the auditor's address in, or judge the origin from a place that may reach it. | 1 origin, 1 distribution: e1demo.example.org | [OW204](https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html#OW204) |

            <details><summary>This run</summary>

            - Origins: 18 origins in 2 distributions, 15 targets probed: 4 accepted, 11 rejected, 1 undetermined, 2 not probed
            - Findings: 10 critical, 5 high, 1 medium, 0 low, 1 informational, 1 undetermined
            - Run: started 2026-11-23T06:00:00Z, took 9 s, account 123456789012, complete
            - Run: roots: Mozilla, NSS 2.92, 41 days old

            </details>

            """);

    [Fact]
    public void Hostile_text_makes_no_link_no_image_no_mention_and_no_row()
    {
        var markdown = MarkdownReport.Render(HostileText.Report());
        markdown.ShouldNotContain("](https://evil.example");
        markdown.ShouldNotContain("@octocat");
        markdown.ShouldNotContain("<script");
        markdown.ShouldNotContain("<img");
        markdown.Where(letter => char.IsControl(letter) && letter != '\n').ShouldBeEmpty();
        markdown.Split('\n').Where(line => line.StartsWith('|')).ShouldAllBe(row => Cells(row) == 6);
    }

    [Fact]
    public void Fifty_thousand_findings_fit_into_a_comment()
        => MarkdownReport.Render(SampleReports.Large).Length.ShouldBeLessThan(65_536);

    /// <summary>Cells of a row: pipes that no backslash makes text.</summary>
    private static int Cells(string row) => row.Where((letter, i) => letter == '|' && (i == 0 || row[i - 1] != '\\')).Count() - 1;
}
