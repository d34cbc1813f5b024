using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace OriginWatch.Trust;

/// <summary>What stands between a BEGIN and an END, or what was meant to.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Label">CERTIFICATE, PRIVATE KEY, …</param>
/// <param name="Content">The decoded bytes; null where it cannot be used.</param>
/// <param name="Problem">Why it is not used, as a clause; null where it is.</param>
internal sealed record PemBlock(int Line, string Label, byte[]? Content, string? Problem);

/// <summary>
/// The blocks of a PEM text, those too that no server reads: a byte order mark or text before BEGIN, dashes too few or of another kind,
/// base64 that is damaged.
/// Each is counted and named, so that none goes missing without a word.
/// </summary>
internal static partial class PemBlocks
{
    private const int MostBlocks = 10_000;
    private const string ByteOrderMark = "ï»¿";
    private static readonly string[] Certificates = ["CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"];

    public static IReadOnlyList<PemBlock> Read(string text)
    {
        var begins = Begin().Matches(text).Take(MostBlocks).ToList();
        var blocks = new List<PemBlock>();
        var (line, counted) = (1, 0);
        for (var index = 0; index < begins.Count; index++)
        {
            var begin = begins[index];
            line += text.AsSpan(counted, begin.Index - counted).Count('\n');
            counted = begin.Index;
            blocks.Add(ReadOne(text, begin, index + 1 < begins.Count ? begins[index + 1].Index : text.Length, line));
        }

        return blocks;
    }

    /// <summary>True for a block that was meant to be a certificate and is not used.</summary>
    public static bool IsLost(PemBlock block) => block.Problem is not null && Certificates.Contains(block.Label, StringComparer.Ordinal);

    /// <summary>How many blocks there are and which are not used, as a sentence; null where all are.</summary>
    public static string? Complaint(IReadOnlyList<PemBlock> blocks)
    {
        var unused = blocks.Where(block => block.Problem is not null).ToList();
        var used = blocks.Count - unused.Count;
        return unused.Count == 0
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{blocks.Count} PEM {(blocks.Count == 1 ? "block" : "blocks")}, {used} used; "
                    + $"not used: {string.Join("; ", unused.Select(block => $"{block.Label} in line {block.Line} ({block.Problem})"))}"
            );
    }

    private static PemBlock ReadOne(string text, Match begin, int end, int line)
    {
        var label = begin.Groups["label"].Value.Trim();
        if (!Certificates.Contains(label, StringComparer.Ordinal))
        {
            return new(line, label, null, "not a certificate");
        }

        if (Misplaced(text, begin) is { } problem)
        {
            return new(line, label, null, problem);
        }

        var rest = text[begin.Index..end];
        return PemEncoding.TryFind(rest, out var fields) && fields.Location.Start.Value == 0
            ? OfContent(line, label, Convert.FromBase64String(rest[fields.Base64Data]))
            : new(
                line,
                label,
                null,
                rest.Contains($"-----END {label}-----", StringComparison.Ordinal)
                    ? "its base64 is damaged"
                    : "it has no END line: the file is cut off"
            );
    }

    /// <summary>A server looks for BEGIN at the start of a line, between five hyphens and five.</summary>
    private static string? Misplaced(string text, Match begin)
    {
        if (begin.Groups["before"].Value != "-----" || begin.Groups["after"].Value != "-----")
        {
            return "BEGIN does not stand between five hyphens and five";
        }

        var start = text.LastIndexOf('\n', Math.Max(0, begin.Index - 1)) + 1;
        var before = begin.Index == 0 ? "" : text[start..begin.Index];
        return before.Trim('\r').Length == 0 ? null
            : before == ByteOrderMark ? "a byte order mark stands before BEGIN: save the file without one"
            : "something stands before BEGIN in its line";
    }

    private static PemBlock OfContent(int line, string label, byte[] content) =>
        OtherFile.IsPkcs7(content)
            ? new(line, label, null, $"it is PKCS #7: convert it with '{OtherFile.FromPkcs7}'")
            : new(line, label, FirstElement(label, content), null);

    /// <summary>OpenSSL's TRUSTED CERTIFICATE goes on after the certificate with what it is trusted for.</summary>
    private static byte[] FirstElement(string label, byte[] content) =>
        label == "TRUSTED CERTIFICATE" && X509.BerReader.LengthOfFirst(content) is { } length ? content[..length] : content;

    [GeneratedRegex(
        @"(?<before>[-\u2010-\u2015\u2212\u0096\u0097]{2,}|(?:â\u0080[\u0090-\u0095]){2,})\s?BEGIN (?<label>[A-Z0-9# ]{3,40}?)\s?(?<after>[-\u2010-\u2015\u2212\u0096\u0097]{2,}|(?:â\u0080[\u0090-\u0095]){2,})",
        RegexOptions.ExplicitCapture,
        2000
    )]
    private static partial Regex Begin();
}
