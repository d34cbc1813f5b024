using System.Globalization;

namespace OriginWatch.Conformance;

/// <summary>Counts what was right, by namespace.</summary>
internal sealed class Score
{
    private readonly SortedDictionary<string, Row> _rows = new(StringComparer.Ordinal);
    private readonly List<string> _wrong = [];

    public int Passed { get; private set; }
    public int Failed { get; private set; }

    /// <param name="accepted">Null where the case was skipped.</param>
    /// <param name="counts">False where either answer will do.</param>
    public void Add(string space, string id, bool? accepted, bool expected, string reason, bool counts = true)
    {
        var row = _rows.TryGetValue(space, out var known) ? known : _rows[space] = new();
        if (accepted is not { } answer)
        {
            row.Skipped++;
            return;
        }

        var isRight = answer == expected;
        row.Right += isRight ? 1 : 0;
        row.FalseAccepts += answer && !expected ? 1 : 0;
        row.FalseRejects += !answer && expected ? 1 : 0;
        Passed += isRight || !counts ? 1 : 0;
        Failed += isRight || !counts ? 0 : 1;
        if (!isRight)
        {
            _wrong.Add(
                $"{(answer ? "false accept" : "false reject")}{(counts ? "" : " (disputed)")}: {id}{(reason.Length == 0 ? "" : $": {reason}")}"
            );
        }
    }

    public void Write(TextWriter output, bool verbose)
    {
        var width = Math.Max(9, _rows.Keys.Select(key => key.Length).DefaultIfEmpty().Max());
        output.WriteLine($"{"namespace".PadRight(width)}  right  false accept  false reject  skipped");
        foreach (var (space, row) in _rows)
        {
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{space.PadRight(width)}  {row.Right, 5}  {row.FalseAccepts, 12}  {row.FalseRejects, 12}  {row.Skipped, 7}"
                )
            );
        }

        foreach (var wrong in verbose ? _wrong : _wrong.Take(40))
        {
            output.WriteLine(Visible(wrong));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Passed} passed, {Failed} failed"));
    }

    private static string Visible(string text) => string.Concat(text.Select(character => char.IsControl(character) ? '?' : character));

    private sealed class Row
    {
        public int Right { get; set; }
        public int FalseAccepts { get; set; }
        public int FalseRejects { get; set; }
        public int Skipped { get; set; }
    }
}
