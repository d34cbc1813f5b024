using System.Text;
using OriginWatch.Audit;
using OriginWatch.Reporting;

namespace OriginWatch.Cli;

/// <summary>Which format a report is written in, and the writing of it.</summary>
internal static class Reports
{
    public const string Text = "text";
    public const string Json = "json";

    public static readonly IReadOnlyList<string> Formats = [Text, Json, "html", "markdown", "csv", "sarif"];

    /// <summary>What a file may be called.</summary>
    public const string Extensions = ".txt, .json, .html, .md, .csv or .sarif";

    /// <summary>What the name of a file says, e.g. <c>report.json</c>; null where it says nothing.</summary>
    public static string? FormatOf(string fileName) => Path.GetExtension(fileName).ToUpperInvariant() switch
    {
        ".TXT" => Text,
        ".JSON" => Json,
        ".HTML" or ".HTM" => "html",
        ".MD" or ".MARKDOWN" => "markdown",
        ".CSV" => "csv",
        ".SARIF" => "sarif",
        _ => null,
    };

    public static string Render(AuditReport report, string format, ReportOptions options)
    {
        var listed = options is { OnlyNew: true, Baseline: { } baseline } ? ReportDiff.OnlyNew(report, baseline) : report;
        return format switch
        {
            Json => Utf8(stream => JsonReport.Write(listed, stream, options)),
            "html" => HtmlReport.Render(report, options),
            "markdown" => MarkdownReport.Render(report, options),
            "csv" => CsvReport.Render(listed, options),
            "sarif" => Utf8(stream => SarifReport.Write(listed, stream, options)),
            _ => TextReport.Render(report, options).ToPlainText(),
        };
    }

    /// <summary>Writes beside the target first, so that a report that was there before is never left half overwritten.</summary>
    public static async Task WriteAsync(AuditReport report, FileInfo file, ReportOptions options, CancellationToken cancellationToken)
    {
        var text = Render(report, FormatOf(file.Name) ?? Text, options);
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
