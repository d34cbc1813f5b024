using System.Globalization;

namespace OriginWatch.Text;

/// <summary>Words for the sentences about a chain. Names come from the peer and are only shortened here: reporters escape them.</summary>
internal static class Describe
{
    private const int LongestName = 120;

    public static string Certificate(int position, string subject) =>
        string.Create(CultureInfo.InvariantCulture, $"certificate {position} ({Name(subject)})");

    public static string Name(string name) =>
        name.Length switch
        {
            0 => "no subject",
            > LongestName => name[..LongestName] + "…",
            _ => name,
        };

    public static string Date(DateTimeOffset date) => date.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
