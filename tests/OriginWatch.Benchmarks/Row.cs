using System.Globalization;

namespace OriginWatch.Benchmarks;

/// <summary>One line of the table.</summary>
/// <param name="Measure">What was measured.</param>
/// <param name="Ours">OriginWatch's figure, with its unit.</param>
/// <param name="Other">What it is compared with, in the same run; empty where it is compared with nothing.</param>
/// <param name="Goal">The bound that was set; empty where the figure only informs.</param>
/// <param name="IsMet">Null without a goal.</param>
internal sealed record Row(string Measure, string Ours, string Other = "", string Goal = "", bool? IsMet = null)
{
    public static Row Skipped(string measure, string because) => new(measure, "–", because);

    /// <summary>A figure with an upper bound of its own.</summary>
    public static Row Bounded(string measure, double value, string unit, double bound, string other = "") =>
        new(measure, Text(value, unit), other, $"≤ {Number(bound)} {unit}", value <= bound);

    /// <summary>A figure whose ratio to another is bounded.</summary>
    public static Row Compared(string measure, double ours, string unit, string name, double other, double? bound)
    {
        var ratio = ours / other;
        return new(
            measure,
            Text(ours, unit),
            string.Create(CultureInfo.InvariantCulture, $"{name} {Text(other, unit)}: {ratio:0.00} ×"),
            bound is { } limit ? $"≤ {Number(limit)} ×" : "",
            bound is null ? null : ratio <= bound
        );
    }

    public static string Text(double value, string unit) => $"{Number(value)} {unit}";

    public static string Number(double value) =>
        Math.Abs(value) switch
        {
            0 => "0",
            < 0.1 => value.ToString("0.0000", CultureInfo.InvariantCulture),
            < 10 => value.ToString("0.###", CultureInfo.InvariantCulture),
            < 100 => value.ToString("0.#", CultureInfo.InvariantCulture),
            _ => value.ToString("N0", CultureInfo.InvariantCulture),
        };
}
