using System.Text;
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

    private static IEnumerable<(string Extension, Action<AuditReport, Stream> Write)> Formats =>
    [
        ("json", (report, file) => JsonReport.Write(report, file)),
        ("html", (report, file) => file.Write(Encoding.UTF8.GetBytes(HtmlReport.Render(report)))),
        ("txt", (report, file) => file.Write(Encoding.UTF8.GetBytes(TextReport.Render(report).ToPlainText()))),
    ];
}
