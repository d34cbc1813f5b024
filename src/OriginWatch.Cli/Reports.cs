using System.Text;
using OriginWatch.Audit;
using OriginWatch.Reporting;

namespace OriginWatch.Cli;

/// <summary>Which format a report is written in, and the writing of it.</summary>
internal static class Reports
{
    public const string Text = "text";

    public static readonly IReadOnlyList<string> Formats = [Text, "json", "html", "markdown", "csv", "sarif"];

    /// <summary>What the name of a file says, e.g. <c>report.json</c>; text where it says nothing.</summary>
    public static string FormatOf(string fileName) => Path.GetExtension(fileName).ToUpperInvariant() switch
    {
        ".JSON" => "json",
        ".HTML" or ".HTM" => "html",
        ".MD" or ".MARKDOWN" => "markdown",
        ".CSV" => "csv",
        ".SARIF" => "sarif",
        _ => Text,
    };

    public static string Render(AuditReport report, string format, ReportOptions options)
    {
        switch (format)
        {
            case "json":
                return Utf8(stream => JsonReport.Write(report, stream, options));
            case "html":
                return HtmlReport.Render(report, options);
            case "markdown":
                return MarkdownReport.Render(report, options);
            case "csv":
                return CsvReport.Render(report, options);
            case "sarif":
                return Utf8(stream => SarifReport.Write(report, stream, options));
            default:
                return TextReport.Render(report, options).ToPlainText();
        }
    }

    /// <summary>Writes beside the target first, so that a report that was there before is never left half overwritten.</summary>
    public static async Task WriteAsync(AuditReport report, FileInfo file, string? format, ReportOptions options, CancellationToken cancellationToken)
    {
        var text = Render(report, format ?? FormatOf(file.Name), options);
        Directory.CreateDirectory(file.DirectoryName!);
        var temporary = $"{file.FullName}.{Guid.NewGuid():n}.tmp";
        try
        {
            await File.WriteAllTextAsync(temporary, text, cancellationToken);
            File.Move(temporary, file.FullName, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static string Utf8(Action<Stream> write)
    {
        using var buffer = new MemoryStream();
        write(buffer);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
