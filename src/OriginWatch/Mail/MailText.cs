using System.Text;
using OriginWatch.Text;

namespace OriginWatch.Mail;

/// <summary>
/// Plain text in printable ASCII, wrapped to the width that every mail reader shows. Whatever comes from a certificate, a name or a
/// configuration
/// passes through here, so none of it can end a line, start one at the margin, or reach a header.
/// </summary>
internal sealed class MailText
{
    public const int Width = 78;
    private const int MaxParagraph = 1200;
    private const int MaxLine = 990; // RFC 5322, section 2.1.1, and the end of the line
    private const int LabelWidth = 13;
    private readonly StringBuilder _text = new();

    /// <summary>In characters, which are bytes.</summary>
    public int Length => _text.Length;

    public MailText Blank()
    {
        if (_text.Length > 0)
        {
            _text.Append('\n');
        }

        return this;
    }

    public MailText Heading(string heading)
    {
        Blank();
        return Line(heading).Line(new string('-', heading.Length));
    }

    /// <summary>A line that is not wrapped: a command or an address that must stay whole.</summary>
    public MailText Line(string line)
    {
        _text.Append(Clean(line, MaxLine)).Append('\n');
        return this;
    }

    public MailText Field(string label, string value, int indent = 0) =>
        value.Length == 0 ? this : Paragraph(label.PadRight(LabelWidth) + value, indent, LabelWidth);

    /// <summary>Lines after the first start <paramref name="hang"/> columns further right. Spaces at the start stay.</summary>
    public MailText Paragraph(string text, int indent = 0, int hang = 0)
    {
        var rest = Clean(text, MaxParagraph).AsSpan().TrimEnd();
        var margin = indent;
        while (rest.Length > Width - margin)
        {
            var at = Break(rest, Width - margin, margin == indent ? hang : 0);
            _text.Append(' ', margin).Append(rest[..at].TrimEnd()).Append('\n');
            rest = rest[at..].TrimStart();
            margin = indent + hang;
        }

        _text.Append(' ', margin).Append(rest).Append('\n');
        return this;
    }

    public override string ToString() => _text.ToString();

    /// <summary>One line of printable ASCII: what <see cref="Escape.Text"/> leaves, with foreign letters as code points and double quotes
    /// as single ones.</summary>
    public static string Clean(string? value, int maxLength = Escape.MaxLength)
    {
        var text = new StringBuilder();
        foreach (var rune in Escape.Text(value, maxLength).EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' => text.Append('\''),
                '\u2026' => text.Append("..."),
                >= ' ' and <= '~' => text.Append((char)rune.Value),
                _ => text.Append($"\\u{{{rune.Value:x}}}"),
            };
        }

        return text.Length <= maxLength + 3 ? text.ToString() : $"{text.ToString(0, maxLength)}...";
    }

    /// <summary>After the last space that fits; a word that is wider than a line is split.</summary>
    private static int Break(ReadOnlySpan<char> text, int columns, int keep)
    {
        var space = text[..(columns + 1)].LastIndexOf(' ');
        return space > keep ? space : columns;
    }
}
