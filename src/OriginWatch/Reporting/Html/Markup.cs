using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using OriginWatch.Text;

namespace OriginWatch.Reporting.Html;

/// <summary>HTML that is safe to write: the literal parts of an interpolated string are ours, and every hole is escaped unless it is markup
/// itself.</summary>
internal readonly struct Markup
{
    public static readonly Markup None;
    private readonly string? _html;

    private Markup(string html) => _html = html;

    public static Markup Of(Handler html) => new(html.ToString());

    public static Markup Join(IEnumerable<Markup> parts, string separator = "") => new(string.Join(separator, parts));

    public static Markup If(bool condition, Handler html) => condition ? Of(html) : None;

    /// <summary>Only for what is compiled into the assembly.</summary>
    public static Markup Trusted(string html) => new(html);

    /// <summary>Text with host names in it: a line may break after a dot, not within a label.</summary>
    public static Markup Host(string? text) => new(Escape.Html(text).Replace(".", ".<wbr>", StringComparison.Ordinal));

    public override string ToString() => _html ?? "";

    [InterpolatedStringHandler]
    public readonly ref struct Handler
    {
        private readonly StringBuilder _html;

        public Handler(int literalLength, int formattedCount) => _html = new StringBuilder(literalLength + (formattedCount * 16));

        public void AppendLiteral(string literal) => _html.Append(literal);

        public void AppendFormatted(Markup markup) => _html.Append(markup.ToString());

        public void AppendFormatted(string? text) => _html.Append(Escape.Html(text));

        public void AppendFormatted(int number) => _html.Append(number);

        public void AppendFormatted(double number) => _html.Append(number.ToString("0.###", CultureInfo.InvariantCulture));

        public override string ToString() => _html.ToString();
    }
}
