using System.Globalization;

namespace OriginWatch.Text;

/// <summary>Spans of time as people say them; hours are not dropped where they are the better part of a deadline.</summary>
internal static class Durations
{
    /// <summary>From here on nobody asks for the hours.</summary>
    private const int WholeDays = 10;

    /// <summary>"12 days", "3 days 23 hours", "47 hours", "59 minutes"; always rounded down.</summary>
    public static string InWords(TimeSpan span) =>
        span switch
        {
            { TotalDays: >= WholeDays } or { TotalDays: >= 2, Hours: 0 } => Count(span.Days, "day"),
            { TotalDays: >= 2 } => $"{Count(span.Days, "day")} {Count(span.Hours, "hour")}",
            { TotalHours: >= 1 } => Count((int)span.TotalHours, "hour"),
            _ => Count(Math.Max(0, span.Minutes), "minute"),
        };

    private static string Count(int number, string one) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {one}{(number == 1 ? "" : "s")}");
}
