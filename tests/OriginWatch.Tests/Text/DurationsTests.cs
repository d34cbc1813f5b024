using OriginWatch.Text;

namespace OriginWatch.Tests.Text;

public class DurationsTests
{
    [Theory]
    [InlineData("3.23:59:59", "3 days 23 hours")]
    [InlineData("4.00:30:00", "4 days")]
    [InlineData("12.23:00:00", "12 days")]
    [InlineData("1.23:59:00", "47 hours")]
    [InlineData("01:59:00", "1 hour")]
    [InlineData("00:00:59", "0 minutes")]
    public void Hours_are_said_until_nobody_asks_for_them(string span, string expected) =>
        Durations.InWords(TimeSpan.Parse(span, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(expected);
}
