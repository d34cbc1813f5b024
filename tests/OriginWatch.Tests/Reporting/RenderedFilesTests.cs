using System.Text;
using OriginWatch.Audit;
using OriginWatch.Reporting;
using OriginWatch.Tests.Audit;

namespace OriginWatch.Tests.Reporting;

/// <summary>Writes each sample in each format; with ORIGINWATCH_RENDERED set, into that folder, where tests/pages looks at them with real
/// consumers.</summary>
public sealed class RenderedFilesTests
{
    [Fact]
    public async Task Every_sample_is_written_in_every_format()
    {
        var kept = Environment.GetEnvironmentVariable("ORIGINWATCH_RENDERED");
        var folder = Directory.CreateDirectory(kept ?? Path.Combine(Path.GetTempPath(), $"originwatch-{Guid.NewGuid():n}"));
        try
        {
            foreach (var (name, report) in await SamplesAsync(kept is not null))
            {
                foreach (
                    var (extension, mark, write) in Formats.Where(format => format.Extension != "explain.txt" || report.Origins.Count > 0)
                )
                {
                    var path = Path.Combine(folder.FullName, $"{name}.{extension}");
                    using (var file = File.Create(path))
                    {
                        write(report, file);
                    }

                    (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ShouldContain(mark, Case.Sensitive, path);
                }
            }
        }
        finally
        {
            if (kept is null)
            {
                folder.Delete(recursive: true);
            }
        }
    }

    private static async Task<IEnumerable<(string Name, AuditReport Report)>> SamplesAsync(bool areLookedAt) =>
        [
            ("empty", SampleReports.Of()),
            ("edge", await EdgeAudit.RunAsync(EdgeAudit.Silence, EdgeAudit.Refused)),
            ("healthy", SampleReports.Healthy()),
            ("demo", SampleReports.Demo()),
            ("hostile", HostileText.Report()),
            .. areLookedAt ? new[] { ("thousand", SampleReports.Many(1000)) } : [],
        ];

    private static void Write(Stream file, string text) => file.Write(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<(string Extension, string Mark, Action<AuditReport, Stream> Write)> Formats =>
        [
            ("json", "{\n  \"schemaVersion\": 1", (report, file) => JsonReport.Write(report, file)),
            (
                "sarif",
                "{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\"",
                (report, file) => SarifReport.Write(report, file)
            ),
            ("junit.xml", "<?xml", (report, file) => JUnitReport.Write(report, file)),
            ("prom", "# HELP originwatch_", (report, file) => Write(file, PrometheusReport.Render(report))),
            (
                "asff.json",
                "[",
                (report, file) =>
                    Write(
                        file,
                        AsffReport.Render(report with { Run = report.Run with { AccountId = "123456789012", IncompleteBecause = null } })[0]
                    )
            ),
            ("html", "<!DOCTYPE html>", (report, file) => Write(file, HtmlReport.Render(report))),
            ("txt", "Origins ", (report, file) => Write(file, TextReport.Render(report).ToPlainText())),
            ("md", "## OriginWatch\n", (report, file) => Write(file, MarkdownReport.Render(report))),
            ("csv", "status,severity,rule_id,", (report, file) => Write(file, CsvReport.Render(report))),
            (
                "explain.txt",
                ".example",
                (report, file) =>
                    Write(file, string.Concat(report.Origins.Take(20).Select(origin => ExplainReport.Render(origin).ToPlainText())))
            ),
        ];
}
