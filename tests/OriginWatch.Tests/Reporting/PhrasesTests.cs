using OriginWatch.Reporting;

namespace OriginWatch.Tests.Reporting;

public class PhrasesTests
{
    private static readonly DateTimeOffset Now = SampleReports.Now;

    [Theory]
    [InlineData(0, "in 0 minutes")]
    [InlineData(23, "in 23 hours")]
    [InlineData(47, "in 47 hours")]
    [InlineData(95, "in 3 days 23 hours")]
    [InlineData(96, "in 4 days")]
    [InlineData(24 * 12 + 5, "in 12 days")]
    [InlineData(24 * 1500, "in 1,500 days")]
    [InlineData(-1, "less than a day ago")]
    [InlineData(-24, "1 day ago")]
    [InlineData(-73, "3 days ago")]
    public void Distance_never_drops_the_hours_of_a_near_deadline(int hours, string expected) =>
        Phrases.Distance(Now.AddHours(hours), Now).ShouldBe(expected);

    [Theory]
    [InlineData(25, 1)]
    [InlineData(-1, -1)]
    [InlineData(-73, -4)]
    public void Days_run_on_through_zero_without_a_gap(int hours, int expected) =>
        Phrases.Days(Now.AddHours(hours), Now).ShouldBe(expected);

    [Theory]
    [InlineData(0, "0 origins")]
    [InlineData(1, "1 origin")]
    [InlineData(50_000, "50,000 origins")]
    public void Counts_agree_with_their_noun(int number, string expected) => Phrases.Count(number, "origin").ShouldBe(expected);

    [Theory]
    [InlineData("Renew it. Then reload.", "Renew it.")]
    [InlineData("Use v1.2 of it", "Use v1.2 of it")]
    public void First_sentence_ends_at_its_full_stop(string text, string expected) => Phrases.FirstSentence(text).ShouldBe(expected);
}
