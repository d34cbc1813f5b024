using System.Globalization;

namespace OriginWatch.Tests.History;

/// <summary>
/// Account after account lives through random nights: origins break and recover, the network fails, the store and the topic fail, runs are
/// killed and clocks jump.
/// What was certainly seen must be in a mail, by name. <c>ORIGINWATCH_NIGHTS</c> asks for more nights than the suite has time for.
/// </summary>
public class ModelOfNightsTests
{
    private const int NightsPerAccount = 10;
    private const int NightsInTheSuite = 600;

    [Fact]
    public async Task What_was_certainly_seen_is_in_the_mail_by_name()
    {
        var asked = Environment.GetEnvironmentVariable("ORIGINWATCH_NIGHTS");
        var accounts = (asked is null ? NightsInTheSuite : int.Parse(asked, CultureInfo.InvariantCulture)) / NightsPerAccount;
        for (var seed = 1; seed <= accounts; seed++)
        {
            await new ModelAccount(seed).LiveAsync(NightsPerAccount);
        }
    }

    [Fact]
    public void The_model_meets_every_trouble_and_every_weather()
    {
        var plans = Enumerable
            .Range(1, NightsInTheSuite / NightsPerAccount)
            .SelectMany(seed => new ModelAccount(seed).Plan(NightsPerAccount))
            .ToList();
        plans.Select(plan => plan.Trouble).Distinct().Count().ShouldBe(Enum.GetValues<Trouble>().Length);
        plans.SelectMany(plan => plan.Skies).Distinct().Count().ShouldBe(Enum.GetValues<Sky>().Length);
    }
}
