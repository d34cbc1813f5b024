using System.Text;
using OriginWatch.Audit;
using OriginWatch.Reporting;

namespace OriginWatch.Tests.Reporting;

/// <summary>Writes each sample in each format; with ORIGINWATCH_RENDERED set, into that folder, where tests/pages looks at them with real consumers.</summary>
public sealed class RenderedFilesTests
{
    [Fact]
    public void Every_sample_is_written_in_every_format()
    {
        var kept = Environment.GetEnvironmentVariable("ORIGINWATCH_RENDERED");
        var folder = Directory.CreateDirectory(kept ?? Path.Combine(Path.GetTempPath(), $"originwatch-{Guid.NewGuid():n}"));
        try
        {
            foreach (var (name, report) in Samples())
            {
                foreach (var (extension, write) in Formats)
                {
                    using var file = File.Create(Path.Combine(folder.FullName, $"{name}.{extension}"));
                    write(report, file);
                    file.Length.ShouldBeGreaterThan(0);
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

    private static IEnumerable<(string Name, AuditReport Report)> Samples() =>
    [
        ("healthy", SampleReports.Healthy()),
        ("demo", SampleReports.Demo()),
        ("hostile", HostileText.Report()),
        ("thousand", SampleReports.Many(1000)),
    ];

    private static void Write(Stream file, string text) => file.Write(Encoding.UTF8.GetBytes(text));

    private static IEnumerable<(string Extension, Action<AuditReport, Stream> Write)> Formats =>
    [
        ("json", (report, file) => JsonReport.Write(report, file)),
        ("sarif", (report, file) => SarifReport.Write(report, file)),
        ("junit.xml", (report, file) => JUnitReport.Write(report, file)),
        ("prom", (report, file) => Write(file, PrometheusReport.Render(report))),
        ("asff.json", (report, file) => Write(file, AsffReport.Render(report with { Run = report.Run with { AccountId = "123456789012", IncompleteBecause = null } })[0])),
        ("html", (report, file) => Write(file, HtmlReport.Render(report))),
        ("txt", (report, file) => Write(file, TextReport.Render(report).ToPlainText())),
        ("md", (report, file) => Write(file, MarkdownReport.Render(report))),
        ("csv", (report, file) => Write(file, CsvReport.Render(report))),
        ("explain.txt", (report, file) => Write(file, string.Concat(report.Origins.Take(20).Select(origin => ExplainReport.Render(origin).ToPlainText())))),
    ];
}
