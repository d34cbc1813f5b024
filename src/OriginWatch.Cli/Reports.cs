using System.Runtime.ExceptionServices;
using System.Text;
using OriginWatch.Audit;
using OriginWatch.Reporting;
using OriginWatch.Text;

namespace OriginWatch.Cli;

/// <summary>Which format a report is written in, and the writing of it.</summary>
internal static class Reports
{
    public const string Text = "text";
    public const string Json = "json";
    private const long MostPrevious = 16 * 1024 * 1024;
    private const string Asff = ".asff.json";

    public static readonly IReadOnlyList<string> Formats = [Text, Json, "html", "markdown", "csv", "sarif", "junit", "prometheus", "asff"];

    /// <summary>What a file may be called.</summary>
    public const string Extensions = ".txt, .json, .html, .md, .csv, .sarif, .junit.xml, .prom or .asff.json";

    /// <summary>Endings of names that hold more than an extension; they go before it.</summary>
    private static readonly (string Ending, string Format)[] Endings = [(".junit.xml", "junit"), (".prom", "prometheus"), (Asff, "asff")];

    /// <summary>What the name of a file says, e.g. <c>report.json</c>; null where it says nothing.</summary>
    public static string? FormatOf(string fileName) =>
        Endings.FirstOrDefault(ending => fileName.EndsWith(ending.Ending, StringComparison.OrdinalIgnoreCase)).Format
        ?? FormatOfExtension(fileName);

    private static string? FormatOfExtension(string fileName) =>
        Path.GetExtension(fileName).ToUpperInvariant() switch
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
        var listed = Listed(report, options);
        return format switch
        {
            Json => Utf8(stream => JsonReport.Write(listed, stream, options)),
            "html" => HtmlReport.Render(report, options),
            "markdown" => MarkdownReport.Render(report, options),
            "csv" => CsvReport.Render(listed, options),
            "sarif" => Utf8(stream => SarifReport.Write(listed, stream, options)),
            "junit" => Utf8(stream => JUnitReport.Write(listed, stream, options)),
            "prometheus" => PrometheusReport.Render(report),
            "asff" => AsffReport.Render(report, options) is [var only]
                ? only
                : throw new OperatorException(
                    $"asff: there are more than {AsffReport.MostFindings} findings, and one call takes no more. "
                        + $"Write them to files: --output FILE{Asff}"
                ),
            _ => TextReport.Render(report, options).ToPlainText(),
        };
    }

    private static AuditReport Listed(AuditReport report, ReportOptions options) =>
        options is { OnlyNew: true, Baseline: { } baseline } ? ReportDiff.OnlyNew(report, baseline) : report;

    /// <summary>What a caller of batch-import-findings must know before the call: it takes no empty list.</summary>
    public static IEnumerable<string> NothingToImport(
        AuditReport report,
        ReportOptions options,
        string? format,
        IReadOnlyList<FileInfo> files
    )
    {
        var names = files
            .Where(file => FormatOf(file.Name) == "asff")
            .Select(file => file.Name)
            .Concat(format == "asff" ? ["standard output"] : [])
            .ToList();
        if (names.Count == 0 || report.Run.AccountId is null)
        {
            return [];
        }

        if (AsffReport.CoversSeveral(report))
        {
            return AsffReport.RenderByAccount(report, options).Count > 0
                ? []
                :
                [
                    $"{string.Join(", ", names)}: no file was written, because "
                        + $"{(report.Run.Complete ? "no finding is open and none is resolved" : "the scan is incomplete")}",
                ];
        }

        return AsffReport.Render(report, options) is not ["[]\n"]
            ? []
            :
            [
                $"{string.Join(", ", names)}: an empty list, because "
                    + $"{(report.Run.Complete ? "no finding is open and none is resolved" : "the scan is incomplete")}; "
                    + "skip batch-import-findings, which refuses it",
            ];
    }

    /// <summary>One file that cannot be written keeps no other from being written.</summary>
    public static async Task WriteAllAsync(
        AuditReport report,
        IEnumerable<FileInfo> files,
        ReportOptions options,
        CancellationToken cancellationToken
    )
    {
        ExceptionDispatchInfo? first = null;
        foreach (var file in files)
        {
            try
            {
                await WriteAsync(report, file, options, cancellationToken);
            }
            catch (Exception exception) when (exception is OperatorException or IOException or UnauthorizedAccessException)
            {
                first ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        first?.Throw();
    }

    /// <summary>Writes beside the target first, so that a report that was there before is never left half overwritten.</summary>
    public static async Task WriteAsync(AuditReport report, FileInfo file, ReportOptions options, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(file.DirectoryName!);
        switch (FormatOf(file.Name) ?? Text)
        {
            case "asff":
                await (
                    AsffReport.CoversSeveral(report)
                        ? AccountFiles.WriteAsync(
                            AsffReport.RenderByAccount(report, options),
                            file,
                            Asff,
                            WritePartsAsync,
                            cancellationToken
                        )
                        : WritePartsAsync(AsffReport.Render(report, options), file, cancellationToken)
                );
                break;
            case "prometheus":
                var previous = file.Exists
                    ? Encoding.UTF8.GetString((await InputFile.ReadAsync("--output", file.FullName, MostPrevious, cancellationToken)).Span)
                    : null;
                await ReplaceAsync(file, PrometheusReport.Render(report, previous), cancellationToken);
                break;
            case Json: // by far the longest, so never as a whole in memory
                await ReplaceAsync(
                    file,
                    async temporary =>
                    {
                        await using var stream = File.Create(temporary);
                        JsonReport.Write(Listed(report, options), stream, options);
                    }
                );
                break;
            case var other:
                await ReplaceAsync(file, Render(report, other, options), cancellationToken);
                break;
        }
    }

    /// <summary>FILE.asff.json, FILE.2.asff.json, …; parts that an earlier report had beyond these would be imported again, so they
    /// go.</summary>
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

    private static Task ReplaceAsync(FileInfo file, string text, CancellationToken cancellationToken) =>
        ReplaceAsync(file, temporary => File.WriteAllTextAsync(temporary, text, cancellationToken));

    private static async Task ReplaceAsync(FileInfo file, Func<string, Task> write)
    {
        var temporary = $"{file.FullName}.{Guid.NewGuid():n}.tmp";
        try
        {
            await write(temporary);
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
