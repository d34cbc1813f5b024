using System.Globalization;
using System.Text;
using OriginWatch.Text;

namespace OriginWatch.Reporting;

/// <summary>Breaks styled text into lines of a width, with a hanging indent. A word (a hash, a host name) is split only when it is wider
/// than a whole line.</summary>
internal sealed class TextFlow(int width)
{
    /// <summary>A space at which no line is broken. Foreign text has none left when it comes here: <see cref="Escape.Text"/> makes them
    /// visible.</summary>
    public const char NoBreakSpace = '\u00a0';

    private const int MinWidth = 20;

    /// <summary>Code points that fill two columns (Unicode, East Asian Width W and F, in blocks).</summary>
    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115f),
        (0x2e80, 0xa4cf),
        (0xac00, 0xd7a3),
        (0xf900, 0xfaff),
        (0xfe30, 0xfe6f),
        (0xff00, 0xff60),
        (0xffe0, 0xffe6),
        (0x1f300, 0x1f64f),
        (0x1f900, 0x1f9ff),
        (0x20000, 0x3fffd),
    ];

    private readonly int _width = Math.Max(width, MinWidth);
    private readonly List<StyledLine> _lines = [];

    public IReadOnlyList<StyledLine> Lines => _lines;

    public void Blank()
    {
        if (_lines.Count > 0 && _lines[^1].Spans.Count > 0)
        {
            _lines.Add(StyledLine.Empty);
        }
    }

    /// <summary>Adds a paragraph; lines after the first start <paramref name="hang"/> columns further right.</summary>
    public void Add(int indent, int hang, params IEnumerable<StyledSpan> spans)
    {
        var line = new LineBuilder(indent);
        foreach (var word in Words(spans))
        {
            var space = line.IsEmpty ? 0 : 1;
            if (!line.IsEmpty && line.Column + space + word.Width > _width)
            {
                _lines.Add(line.Build());
                line = new LineBuilder(indent + hang);
                space = 0;
            }

            line = AddWord(line, word, space, indent + hang);
        }

        _lines.Add(line.Build());
    }

    /// <summary>Adds a line that is never broken.</summary>
    public void AddWhole(int indent, StyledSpan span) => _lines.Add(new([new(new string(' ', indent)), span]));

    /// <summary>Adds a line that is never broken.</summary>
    public void AddWhole(IReadOnlyList<StyledSpan> spans) => _lines.Add(new(spans));

    public static int WidthOf(string text) => Ascii.IsValid(text) ? text.Length : text.EnumerateRunes().Sum(WidthOf);

    private LineBuilder AddWord(LineBuilder line, Word word, int space, int indent)
    {
        if (space > 0)
        {
            line.Append(" ", word.Pieces[0].Style);
        }

        foreach (var piece in word.Pieces)
        {
            var rest = piece.Text;
            while (line.Column + WidthOf(rest) > _width)
            {
                var head = Head(rest, _width - line.Column);
                line.Append(head, piece.Style);
                rest = rest[head.Length..];
                _lines.Add(line.Build());
                line = new LineBuilder(indent);
            }

            line.Append(rest, piece.Style);
        }

        return line;
    }

    /// <summary>As many characters as fit in <paramref name="columns"/>, at least one.</summary>
    public static string Head(string text, int columns)
    {
        var (length, used) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            used += WidthOf(rune);
            if (used > columns && length > 0)
            {
                break;
            }

            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }

    private static int WidthOf(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? 0
        : Array.Exists(Wide, block => rune.Value >= block.First && rune.Value <= block.Last) ? 2
        : 1;

    /// <summary>Words may run over spans of several styles; only a space separates them.</summary>
    private static IEnumerable<Word> Words(IEnumerable<StyledSpan> spans)
    {
        var pieces = new List<StyledSpan>();
        foreach (var span in spans)
        {
            foreach (var (i, part) in span.Text.Split(' ').Index())
            {
                if (i > 0 && pieces.Count > 0)
                {
                    yield return new(pieces);
                    pieces = [];
                }

                if (part.Length > 0)
                {
                    pieces.Add(new(part, span.Style));
                }
            }
        }

        if (pieces.Count > 0)
        {
            yield return new(pieces);
        }
    }

    private sealed record Word(List<StyledSpan> Pieces)
    {
        public int Width { get; } = Pieces.Sum(piece => WidthOf(piece.Text));
    }

    private sealed class LineBuilder(int indent)
    {
        private readonly List<StyledSpan> _spans = [];
        private int _textWidth;

        public int Column => indent + _textWidth;

        public bool IsEmpty => _spans.Count == 0;

        public void Append(string text, TextStyle style)
        {
            if (text.Length == 0)
            {
                return;
            }

            text = text.Replace(NoBreakSpace, ' ');
            _textWidth += WidthOf(text);
            if (_spans.Count > 0 && _spans[^1].Style == style)
            {
                _spans[^1] = new(_spans[^1].Text + text, style);
            }
            else
            {
                _spans.Add(new(text, style));
            }
        }

        public StyledLine Build() => IsEmpty ? StyledLine.Empty : new(indent > 0 ? [new(new string(' ', indent)), .. _spans] : [.. _spans]);
    }
}
