using OriginWatch.Reporting;
using Spectre.Console;

namespace OriginWatch.Cli;

/// <summary>Where a command writes: plain text, unless it is a terminal that has colours and nobody declined them.</summary>
internal sealed class Terminal
{
    /// <summary>Columns of a report, wherever it goes; a narrower terminal gets its own width.</summary>
    private const int ReportWidth = 100;

    private const int NarrowestReport = 60;
    private readonly TextWriter _writer;
    private readonly IAnsiConsole? _colours;

    public Terminal(TextWriter writer, bool noColor)
    {
        _writer = writer;
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Interactive = InteractionSupport.No }
        );
        var isTerminal = console.Profile.Out.IsTerminal;
        Width = isTerminal ? Math.Clamp(console.Profile.Width, NarrowestReport, ReportWidth) : ReportWidth;
        if (isTerminal && !noColor && console.Profile.Capabilities is { Ansi: true, ColorSystem: not ColorSystem.NoColors })
        {
            console.Profile.Width = int.MaxValue; // Lines are wrapped by the report, which knows what must not be split.
            _colours = console;
        }
    }

    public int Width { get; }

    public void Write(IEnumerable<StyledLine> lines)
    {
        if (_colours is null)
        {
            _writer.Write(lines.ToPlainText());
            return;
        }

        foreach (var line in lines)
        {
            foreach (var span in line.Spans)
            {
                _colours.Write(new Spectre.Console.Text(span.Text, StyleOf(span.Style)));
            }

            _writer.WriteLine();
        }
    }

    private static Style StyleOf(TextStyle style) =>
        style switch
        {
            TextStyle.Heading => new(decoration: Decoration.Bold | Decoration.Underline),
            TextStyle.Strong => new(decoration: Decoration.Bold),
            TextStyle.Muted => new(decoration: Decoration.Dim),
            TextStyle.Good => new(Color.Green, decoration: Decoration.Bold),
            TextStyle.Critical => new(Color.Red, decoration: Decoration.Bold),
            TextStyle.High => new(Color.Red),
            TextStyle.Medium => new(Color.Yellow),
            TextStyle.Low => new(Color.Blue),
            _ => Style.Plain,
        };
}
