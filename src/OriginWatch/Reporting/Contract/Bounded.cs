using System.Diagnostics.CodeAnalysis;
using OriginWatch.Text;

namespace OriginWatch.Reporting.Contract;

/// <summary>Foreign text on its way into JSON: bounded, and null where there is none.</summary>
internal static class Bounded
{
    [return: NotNullIfNotNull(nameof(value))]
    public static string? Text(string? value, int maxLength = Escape.MaxLength) => value is null ? null : Escape.Json(value, maxLength);

    public static IReadOnlyList<string> Texts(IEnumerable<string> values) => [.. values.Select(value => Escape.Json(value))];
}
