namespace OriginWatch.Reporting;

/// <summary>What a piece of text means; the command line maps it to colours, or to nothing.</summary>
public enum TextStyle
{
    Plain,
    Heading,
    Strong,
    Muted,
    Good,
    Critical,
    High,
    Medium,
    Low,
}

/// <param name="Text">Already harmless: no control characters, no line breaks.</param>
/// <param name="Style">Its meaning.</param>
public readonly record struct StyledSpan(string Text, TextStyle Style = TextStyle.Plain);

/// <summary>One line of a report; its plain text is the spans one after the other.</summary>
public sealed record StyledLine(IReadOnlyList<StyledSpan> Spans)
{
    public static readonly StyledLine Empty = new([]);

    public override string ToString() => string.Concat(Spans.Select(span => span.Text));
}

public static class StyledText
{
    /// <summary>The lines without styles, each ended by a line feed.</summary>
    public static string ToPlainText(this IEnumerable<StyledLine> lines) => string.Concat(lines.Select(line => $"{line}\n"));
}
