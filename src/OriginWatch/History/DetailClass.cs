using System.Globalization;
using System.Net;
using System.Text;

namespace OriginWatch.History;

/// <summary>
/// What a finding's detail says once everything is taken out that differs from run to run without meaning: numbers, dates, durations and
/// addresses.
/// Computed on both sides of a comparison and never stored, so that a change of these lines is no change of any finding.
/// </summary>
internal static class DetailClass
{
    private static readonly HashSet<string> WordsOfTime = new(StringComparer.OrdinalIgnoreCase)
    {
        "day",
        "days",
        "hour",
        "hours",
        "minute",
        "minutes",
        "second",
        "seconds",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "ms",
        "s",
        "min",
        "h",
        "d",
        "ago",
        "today",
        "tomorrow",
        "yesterday",
        "now",
        "less",
        "than",
        "about",
        "utc",
        "a",
        "an",
        "one",
    };

    public static bool Same(string before, string now) => string.Equals(Of(before), Of(now), StringComparison.Ordinal);

    public static string Of(string detail)
    {
        var words = new StringBuilder(detail.Length);
        foreach (var range in detail.AsSpan().SplitAny(" ,;()"))
        {
            var word = detail.AsSpan(range).Trim(":.'\"");
            if (!word.IsEmpty && !IsAddress(word))
            {
                Append(words, word);
            }
        }

        return words.ToString();
    }

    /// <summary>An address, its port with it.</summary>
    private static bool IsAddress(ReadOnlySpan<char> word) =>
        word.IndexOfAny('.', ':') >= 0 && (IPAddress.TryParse(word, out _) || IPEndPoint.TryParse(word, out _));

    /// <summary>Only words that begin with a digit are figures: "TLSv1.2" is a name, and another one is a change.</summary>
    private static void Append(StringBuilder words, ReadOnlySpan<char> word)
    {
        var isFigure = char.IsAsciiDigit(word[0]) || (word.Length > 1 && word[0] is '-' or '+' && char.IsAsciiDigit(word[1]));
        var kept = isFigure ? word.Trim("0123456789.,:/%+-TZ") : word;
        if (kept.IsEmpty || WordsOfTime.GetAlternateLookup<ReadOnlySpan<char>>().Contains(kept))
        {
            return;
        }

        foreach (var character in kept)
        {
            words.Append(char.ToLower(character, CultureInfo.InvariantCulture));
        }

        words.Append(' ');
    }
}
