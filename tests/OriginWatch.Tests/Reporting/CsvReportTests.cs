using OriginWatch.Reporting;

namespace OriginWatch.Tests.Reporting;

public class CsvReportTests
{
    [Fact]
    public void One_row_per_finding_under_a_stable_header()
    {
        var report = SampleReports.Demo();
        var rows = Parse(CsvReport.Render(report));
        string.Join(',', rows[0])
            .ShouldBe(
                "status,severity,rule_id,title,account_id,distribution_id,origin_id,domain_name,target,valid_until,detail,remediation,reference,rejects_traffic,suppressed_because,new,cause,key,aliases"
            );
        rows.Count.ShouldBe(report.Findings.Count + 1);
        rows.ShouldAllBe(row => row.Count == rows[0].Count);
        rows.Skip(1).Select(row => row[^2]).ShouldBe(report.Findings.Select(finding => finding.Key));
    }

    [Fact]
    public void Row_of_an_expired_certificate_reads_so() =>
        CsvReport
            .Render(
                SampleReports.Of(
                    SampleReports.Rejected(
                        "old",
                        SampleChains.Expired("old.example.com", -10),
                        SampleRules.NotExpired,
                        "expired on 2026-11-13"
                    )
                )
            )
            .Split("\r\n")[1]
            .ShouldBe(
                "fail,critical,OW301,The origin's certificate is within its validity period,123456789012,E1DEMO,old,old.example.com,old.example.com:443,2026-11-13T06:00:00Z,expired on 2026-11-13,Renew the certificate on the origin and reload the server.,https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html#OW301,true,,,OW301/Fail/"
                    + SampleChains.Leaf(0, "old.example.com", 0).Sha256
                    + ",123456789012/E1DEMO/old/OW301/old.example.com:443,e1demo.example.org"
            );

    [Fact]
    public void Hostile_fields_stay_fields_and_start_no_formula()
    {
        var rows = Parse(CsvReport.Render(HostileText.Report()));
        rows.ShouldAllBe(row => row.Count == rows[0].Count);
        rows.SelectMany(row => row)
            .Where(field => field.Length > 0 && "=+-@\t\r".Contains(field[0], StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    /// <summary>RFC 4180, read by the letter.</summary>
    private static List<List<string>> Parse(string csv)
    {
        var (rows, row, field, quoted) = (new List<List<string>>(), new List<string>(), new System.Text.StringBuilder(), false);
        for (var i = 0; i < csv.Length; i++)
        {
            switch (csv[i])
            {
                case '"' when quoted && i + 1 < csv.Length && csv[i + 1] == '"':
                    field.Append(csv[i++]);
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    row.Add(field.ToString());
                    field.Clear();
                    break;
                case '\r' when !quoted:
                    row.Add(field.ToString());
                    rows.Add(row);
                    (row, field) = ([], field.Clear());
                    csv[++i].ShouldBe('\n');
                    break;
                default:
                    field.Append(csv[i]);
                    break;
            }
        }

        field.Length.ShouldBe(0);
        return rows;
    }
}
