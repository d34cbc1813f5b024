using OriginWatch.Audit;
using OriginWatch.Inventory;
using OriginWatch.Rules;
using OriginWatch.Targets;

namespace OriginWatch.Tests.Rules.Configuration;

/// <summary>A listing with one origin of every kind, read from the file as a user saves it, and what the configuration rules say of
/// each.</summary>
public class EveryKindOfOriginTests
{
    private static readonly string Listing = Path.Combine(AppContext.BaseDirectory, "Inventory", "every-kind-of-origin.json");

    private readonly IReadOnlyList<Rule> _rules =
    [
        .. new RuleCatalog(new()).Rules.Where(rule => rule.Metadata.Id.StartsWith("OW1", StringComparison.Ordinal)),
    ];

    [Theory]
    [InlineData("custom", "OW110 OW111")]
    [InlineData("http-only", "OW101 OW108")]
    [InlineData("match-viewer", "OW102 OW103 OW104")]
    [InlineData("bucket", "OW106")]
    [InlineData("website", "OW105")]
    [InlineData("private", "OW101?")]
    [InlineData("mutual-tls", "OW107")]
    [InlineData("load-balancer", "OW115")]
    [InlineData("api", "OW115")]
    [InlineData("function", "OW113 OW115")]
    [InlineData("media", "OW114")]
    [InlineData("unused", "OW109")]
    public async Task Shows_the_findings_of(string originId, string findings)
    {
        var listing = await new FileInventory(Listing).ReadAsync(TestContext.Current.CancellationToken);
        var use = TargetPlanner.Plan(listing).Origins.Single(use => use.Origin.Id == originId);
        var observation = new Observation
        {
            Planned = use,
            Targets = [],
            Now = DateTimeOffset.UnixEpoch,
        };

        listing.Remarks.ShouldBeEmpty();
        string.Join(' ', _rules.SelectMany(rule => rule.Judge(observation)).Select(Finding).OfType<string>()).ShouldBe(findings);
    }

    /// <summary>A question mark for what could not be judged.</summary>
    private static string? Finding(Judgement judgement) =>
        judgement.Verdict switch
        {
            Verdict.Fail => judgement.Rule.Id,
            Verdict.Undetermined { IsConsequence: false } => $"{judgement.Rule.Id}?",
            _ => null,
        };
}
