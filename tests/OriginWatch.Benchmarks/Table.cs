namespace OriginWatch.Benchmarks;

/// <summary>Rows as a Markdown table whose columns line up in a terminal.</summary>
internal static class Table
{
    private static readonly string[] Head = ["Measure", "OriginWatch", "Compared with, same run", "Goal", "Met"];

    public static string Render(IEnumerable<Row> rows)
    {
        List<string[]> lines = [Head, .. rows.Select(Cells)];
        var widths = Enumerable.Range(0, Head.Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        lines.Insert(1, [.. widths.Select(width => new string('-', width))]);
        return string.Concat(
            lines.Select(line => $"| {string.Join(" | ", line.Select((cell, column) => cell.PadRight(widths[column])))} |\n")
        );
    }

    private static string[] Cells(Row row) =>
        [
            row.Measure,
            row.Ours,
            row.Other,
            row.Goal,
            row.IsMet switch
            {
                true => "yes",
                false => "NO",
                null => "",
            },
        ];
}
