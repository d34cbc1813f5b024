using System.Text;
using OriginWatch.Audit;
using OriginWatch.Reporting;

namespace OriginWatch.Cli;

/// <summary>Which format a report is written in, and the writing of it.</summary>
internal static class Reports
{
    public const string Text = "text";
    private const string Asff = ".asff.json";

    public static readonly IReadOnlyList<string> Formats = [Text, "json", "html", "markdown", "csv", "sarif", "junit", "prometheus", "asff"];

    /// <summary>Endings of names that hold more than an extension; they go before it.</summary>
    private static readonly (string Ending, string Format)[] Endings = [(".junit.xml", "junit"), (".prom", "prometheus"), (Asff, "asff")];

    /// <summary>What the name of a file says, e.g. <c>report.json</c>; text where it says nothing.</summary>
    public static string FormatOf(string fileName)
        => Endings.FirstOrDefault(ending => fileName.EndsWith(ending.Ending, StringComparison.OrdinalIgnoreCase)).Format ?? FormatOfExtension(fileName);

    private static string FormatOfExtension(string fileName) => Path.GetExtension(fileName).ToUpperInvariant() switch
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
            case "junit":
                return Utf8(stream => JUnitReport.Write(report, stream, options));
            case "prometheus":
                return PrometheusReport.Render(report);
            case "asff":
                return AsffReport.Render(report, options) is [var only] ? only : throw new ReportFormatException(
                    $"asff: there are more than {AsffReport.MostFindings} findings, and one call takes no more. Write them to files: --output FILE{Asff}");
            default:
                return TextReport.Render(report, options).ToPlainText();
        }
    }

    /// <summary>Writes beside the target first, so that a report that was there before is never left half overwritten.</summary>
    public static async Task WriteAsync(AuditReport report, FileInfo file, string? format, ReportOptions options, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(file.DirectoryName!);
        switch (format ?? FormatOf(file.Name))
        {
            case "asff":
                await WritePartsAsync(AsffReport.Render(report, options), file, cancellationToken);
                break;
            case "prometheus":
                var previous = file.Exists ? await File.ReadAllTextAsync(file.FullName, cancellationToken) : null;
                await ReplaceAsync(file, PrometheusReport.Render(report, previous), cancellationToken);
                break;
            case var other:
                await ReplaceAsync(file, Render(report, other, options), cancellationToken);
                break;
        }
    }

    /// <summary>FILE.asff.json, FILE.2.asff.json, …; parts that an earlier report had beyond these would be imported again, so they go.</summary>
    private static async Task WritePartsAsync(IReadOnlyList<string> parts, FileInfo file, CancellationToken cancellationToken)
    {
        for (var part = 1; part <= parts.Count; part++)
        {
            await ReplaceAsync(PartOf(file, part), parts[part - 1], cancellationToken);
        }

        for (var part = parts.Count + 1; PartOf(file, part) is { Exists: true } old; part++)
        {
            old.Delete();
        }
    }

    private static FileInfo PartOf(FileInfo file, int part)
    {
        var ending = file.Name.EndsWith(Asff, StringComparison.OrdinalIgnoreCase) ? file.Name[^Asff.Length..] : file.Extension;
        return part == 1 ? file : new(Path.Combine(file.DirectoryName!, $"{file.Name[..^ending.Length]}.{part}{ending}"));
    }

    private static async Task ReplaceAsync(FileInfo file, string text, CancellationToken cancellationToken)
    {
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
