using System.Globalization;
using OriginWatch.Text;

namespace OriginWatch.Reporting;

/// <summary>One series and its value.</summary>
internal sealed record PrometheusSeries
{
    /// <summary>A file of more is not one that this program wrote.</summary>
    private const int MaxPrevious = 64 * 1024 * 1024;

    public PrometheusSeries(string name, IEnumerable<(string Name, string Value)> labels, long value)
        : this(name, $"{name}{{{string.Join(',', labels.Select(label => $"{label.Name}=\"{Label(label.Value)}\""))}}}", value) { }

    private PrometheusSeries(string name, string key, long value) => (Name, Key, Value) = (name, key, value);

    public string Name { get; }

    /// <summary>Name and labels, as they are written.</summary>
    public string Key { get; }

    public long Value { get; }

    /// <summary>The series of these names in a file that this program wrote; what is not understood is left out.</summary>
    public static IReadOnlyList<PrometheusSeries> Parse(string? text, IReadOnlyList<string> names)
    {
        if (text is null || text.Length > MaxPrevious)
        {
            return [];
        }

        var series = new List<PrometheusSeries>();
        foreach (var line in text.Split('\n'))
        {
            var name = names.FirstOrDefault(name => line.StartsWith($"{name}{{", StringComparison.Ordinal));
            var space = line.LastIndexOf("} ", StringComparison.Ordinal);
            if (
                name is not null
                && space > 0
                && long.TryParse(line.AsSpan(space + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            )
            {
                series.Add(new(name, line[..(space + 1)], value));
            }
        }

        return series;
    }

    /// <summary>Backslash, quote and newline have escapes; the other control characters are made visible.</summary>
    private static string Label(string value) =>
        Escape.Text(value).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
