using OriginWatch.Rules;

namespace OriginWatch.Tests.Rules;

public class RuleCatalogTests
{
    private static readonly IReadOnlyList<Rule> Rules = new RuleCatalog(new()).Rules;

    public static TheoryData<string> Ids => [.. Rules.Select(rule => rule.Metadata.Id)];

    [Fact]
    public void Every_rule_is_in_it_once() =>
        Rules
            .Select(rule => rule.GetType())
            .ShouldBe(
                typeof(Rule).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Rule)) && !type.IsAbstract),
                ignoreOrder: true
            );

    [Fact]
    public void Ids_are_unique_and_in_order()
    {
        var ids = Rules.Select(rule => rule.Metadata.Id).ToList();
        ids.ShouldBe(ids.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Metadata_keeps_the_catalogues_manners(string id)
    {
        var metadata = Rules.First(rule => rule.Metadata.Id == id).Metadata;
        metadata.Id.ShouldMatch("^OW[1-5][0-9]{2}$");
        metadata.Title.Length.ShouldBeInRange(10, 100);
        (char.IsUpper(metadata.Title[0]) || metadata.Title.StartsWith("gRPC", StringComparison.Ordinal)).ShouldBeTrue();
        metadata.Title.ShouldContain("should");
        metadata.Fault.Length.ShouldBeInRange(10, 70);
        metadata.Fault.ShouldNotContain("should");
        metadata.Fault.ShouldNotEndWith(".");
        metadata.Title.ShouldNotEndWith(".");
        metadata.Title.ShouldNotStartWith("Ensure");
        metadata.Title.ShouldNotStartWith("Check");
        metadata.Rationale.ShouldEndWith(".");
        metadata.Remediation.Split('\n')[0].ShouldMatch(@"[.:]\)?$");
        metadata.Reference.Scheme.ShouldBe("https");
    }
}
