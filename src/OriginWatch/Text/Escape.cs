using System.Globalization;
using System.Text;

namespace OriginWatch.Text;

/// <summary>
/// The one place that makes foreign text harmless, once per medium. Certificate fields, host names, comments and alert texts
/// are written by whoever runs the origin; nothing of them may move a cursor, end a line, close a tag or start a formula.
/// </summary>
public static class Escape
{
    /// <summary>Longer than any name or clause of evidence worth reading; a certificate's subject may be 64 KiB.</summary>
    public const int MaxLength = 1000;

    /// <summary>For a block of several lines, such as a remedy with commands to run.</summary>
    public const int MaxBlockLength = 8000;

    /// <summary>Marks stacked on one letter grow over the lines above it; two are enough for every living script.</summary>
    private const int MaxStackedMarks = 2;

    /// <summary>Letters and symbols that are drawn as nothing: Hangul fillers and the empty Braille pattern.</summary>
    private static readonly int[] Blank = [0x115f, 0x1160, 0x2800, 0x3164, 0xffa0];

    /// <summary>For a terminal, an e-mail or a log: one line, in which control characters, direction overrides and invisible characters can
    /// be seen.</summary>
    public static string Text(string? value, int maxLength = MaxLength)
    {
        if (
            string.IsNullOrEmpty(value)
            || (value.Length <= maxLength && Ascii.IsValid(value) && !value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        )
        {
            return value ?? "";
        }

        var text = new StringBuilder(Math.Min(value.Length, maxLength));
        var marks = 0;
        foreach (var rune in value.EnumerateRunes())
        {
            if (text.Length >= maxLength)
            {
                return text.Append('…').ToString();
            }

            marks = IsMark(rune) ? marks + 1 : 0;
            text.Append(marks > MaxStackedMarks || IsHidden(rune) ? Visible(rune) : rune.ToString());
        }

        return text.ToString();
    }

    /// <summary>For an element's text and for a quoted attribute.</summary>
    public static string Html(string? value)
    {
        var text = Text(value);
        return text.AsSpan().IndexOfAny("&<>\"'") < 0
            ? text
            : text.Replace("&", "&amp;", StringComparison.Ordinal)
                .Replace("<", "&lt;", StringComparison.Ordinal)
                .Replace(">", "&gt;", StringComparison.Ordinal)
                .Replace("\"", "&quot;", StringComparison.Ordinal)
                .Replace("'", "&#39;", StringComparison.Ordinal);
    }

    /// <summary>
    /// One field by RFC 4180. Spreadsheets take a field that starts with one of these characters for a formula, whatever the quotes; an
    /// apostrophe makes it text
    /// (OWASP, "CSV Injection"; the full-width forms count too).
    /// </summary>
    public static string Csv(string? value)
    {
        var text = Text(value);
        if (text.AsSpan().TrimStart(" '\"") is { Length: > 0 } start && "=+-@＝＋－＠|%".Contains(start[0], StringComparison.Ordinal))
        {
            text = $"'{text}";
        }

        return text.AsSpan().IndexOfAny(",\"") >= 0 || text.StartsWith(' ') || text.EndsWith(' ')
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
    }

    /// <summary>
    /// For GitHub's Markdown, inside or outside a table cell. A backslash takes the meaning from punctuation; an empty comment keeps @ and
    /// # from
    /// becoming a mention or a reference, which GitHub looks for after rendering, when the backslash is gone.
    /// </summary>
    public static string Markdown(string? value)
    {
        var markdown = new StringBuilder();
        var text = Text(value);
        for (var i = 0; i < text.Length; i++)
        {
            _ = text[i] switch
            {
                '&' => markdown.Append("&amp;"),
                '<' => markdown.Append("&lt;"),
                '>' => markdown.Append("&gt;"),
                '@' or '#' => markdown.Append(text[i]).Append("<!-- -->"),
                '\\' or '`' or '*' or '_' or '{' or '}' or '[' or ']' or '(' or ')' or '!' or '|' or '~' or '$' => markdown
                    .Append('\\')
                    .Append(text[i]),
                ':' when text.AsSpan(i).StartsWith("://", StringComparison.Ordinal) => markdown.Append("\\:"),
                '.' when i >= 3 && text.AsSpan(i - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase) => markdown.Append("\\."),
                '-' or '+' or '=' when i == 0 => markdown.Append('\\').Append(text[i]),
                _ => markdown.Append(text[i]),
            };
        }

        return markdown.ToString();
    }

    /// <summary>For a message string of SARIF 2.1.0, in which brackets make links and braces make placeholders (sections 3.11.5 and
    /// 3.11.6).</summary>
    public static string Sarif(string? value) =>
        Text(value)
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("[", "\\[", StringComparison.Ordinal)
            .Replace("]", "\\]", StringComparison.Ordinal)
            .Replace("{", "{{", StringComparison.Ordinal)
            .Replace("}", "}}", StringComparison.Ordinal);

    /// <summary>For a JSON string: the text as it was, since the writer escapes it, but bounded.</summary>
    public static string Json(string? value, int maxLength = MaxLength) =>
        value is null ? ""
        : value.Length > maxLength ? $"{value.AsSpan(0, maxLength)}…"
        : value;

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static bool IsHidden(Rune rune) =>
        Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator =>
                true,
            UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate => true,
            UnicodeCategory.SpaceSeparator => rune.Value != ' ',
            _ => Blank.Contains(rune.Value),
        };

    private static string Visible(Rune rune) =>
        rune.Value switch
        {
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            <= 0xff => $"\\x{rune.Value:x2}",
            _ => $"\\u{{{rune.Value:x}}}",
        };
}
