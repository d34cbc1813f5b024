using System.Globalization;
using OriginWatch.Text;

namespace OriginWatch.Trust.Lifecycles;

/// <summary>The root of a chain leaves Mozilla's list by age, and the chain that was sent reaches no root that stays.</summary>
/// <param name="Root">Its name in Mozilla's list.</param>
/// <param name="Sha256">Of the root.</param>
/// <param name="Day">The first day on which it is not trusted.</param>
/// <param name="CrossSign">A published certificate that leads to a root that stays; null where none is known.</param>
public sealed record RootRetirement(string Root, string Sha256, DateOnly Day, CrossSign? CrossSign)
{
    /// <summary>How long before the day it is worth telling: longer than any public certificate that is issued today lives.</summary>
    public const int ForecastMonths = 18;

    /// <summary>00:00 UTC; Mozilla publishes the day alone.</summary>
    public DateTimeOffset From => new(Day, TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>Whole days until then, negative afterwards.</summary>
    public int DaysLeft(DateTimeOffset now) => Day.DayNumber - DateOnly.FromDateTime(now.UtcDateTime).DayNumber;

    internal static bool IsForecast(DateOnly? removal, DateTimeOffset now) =>
        removal is { } day && DateOnly.FromDateTime(now.UtcDateTime) >= day.AddMonths(-ForecastMonths);

    internal ChainFault ToFault(DateTimeOffset now)
    {
        var left = DaysLeft(now);
        var when =
            left > 0
                ? $"leaves Mozilla's list on {Date} ({Days(left)} left)"
                : $"was due to leave Mozilla's list on {Date} ({(left == 0 ? "today" : $"{Days(-left)} ago")})";
        return new(
            ChainFaultKind.RootToBeRemoved,
            $"the root {Describe.Name(Root)} {when}, and the chain leads to no other root; "
                + "CloudFront returns HTTP 502 from about that day on",
            Remedy
        );
    }

    private string Date => Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Days(int count) => count == 1 ? "1 day" : string.Create(CultureInfo.InvariantCulture, $"{count} days");

    private string Remedy =>
        CrossSign is { } cross
            ? $"Append {cross.Name} to the chain and reload the server; that root stays."
            : "Have the next certificate issued under a newer root of the CA, or by another CA, "
                + "and install it with the chain that comes with it.";
}
