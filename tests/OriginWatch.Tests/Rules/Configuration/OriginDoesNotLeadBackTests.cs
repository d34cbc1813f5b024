using OriginWatch.Inventory;
using OriginWatch.Rules;
using OriginWatch.Rules.Configuration;
using OriginWatch.Targets;
using OriginWatch.Tests.Targets;
using static OriginWatch.Tests.Rules.Configuration.ConfigurationRules;

namespace OriginWatch.Tests.Rules.Configuration;

public class OriginDoesNotLeadBackTests
{
    private const string Edge = "13.224.0.1";
    private const string Elsewhere = "192.0.2.1";
    private const string Other = "d222222abcdef8.cloudfront.net";

    [Theory]
    [InlineData("origin.example.net", Elsewhere, null)]
    [InlineData(Sample.OwnName, Elsewhere, Severity.High)]
    [InlineData("www.example.com", Elsewhere, Severity.Informational)]
    [InlineData("WWW.example.com.", Edge, Severity.High)]
    [InlineData("a.shop.example.com", Elsewhere, null)]
    [InlineData("a.shop.example.com", Edge, Severity.High)]
    [InlineData("d999.cloudfront.net", Elsewhere, Severity.Informational)]
    [InlineData("origin.example.net", Edge, Severity.Informational)]
    public void A_name_of_the_distribution_loops_as_soon_as_DNS_leads_to_CloudFront(string domain, string address, Severity? expected) =>
        SeverityOf(Sample.Listing(Distribution(domain)), address).ShouldBe(expected);

    [Fact]
    public void A_name_at_CloudFront_loops_where_Host_is_forwarded() =>
        SeverityOf(
                Sample.Listing(
                    Distribution("origin.example.net") with
                    {
                        DefaultCacheBehavior = Sample.Behavior() with { OriginRequestPolicyId = Sample.AllViewer },
                    }
                ),
                Edge
            )
            .ShouldBe(Severity.High);

    [Theory]
    [InlineData("origin.example.net", Severity.Informational)]
    [InlineData(Sample.OwnName, Severity.High)]
    [InlineData("www.example.com", Severity.High)]
    public void A_distribution_behind_a_distribution_loops_where_it_leads_back(string behind, Severity expected)
    {
        var other = Sample.Distribution(Sample.Origin("app", behind)) with { Id = "E2", DomainName = Other, Aliases = [] };

        SeverityOf(Sample.Listing(Distribution(Other), other), Elsewhere).ShouldBe(expected);
    }

    [Fact]
    public void Distributions_that_go_round_without_this_one_end_the_search()
    {
        var second = Sample.Distribution(Sample.Origin("app", "d3.cloudfront.net")) with { Id = "E2", DomainName = Other, Aliases = [] };
        var third = Sample.Distribution(Sample.Origin("app", Other)) with { Id = "E3", DomainName = "d3.cloudfront.net", Aliases = [] };

        SeverityOf(Sample.Listing(Distribution(Other), second, third), Elsewhere).ShouldBe(Severity.Informational);
    }

    [Fact]
    public void Does_not_apply_to_a_bucket() => Judge<OriginDoesNotLeadBack>(Sample.S3("app")).IsNotApplicable();

    private static Distribution Distribution(string domain) =>
        Sample.Distribution(Sample.Origin("app", domain)) with
        {
            Aliases = ["www.example.com", "*.shop.example.com"],
        };

    private static Severity? SeverityOf(Listing listing, string address)
    {
        var rule = new OriginDoesNotLeadBack();
        var use = TargetPlanner.Plan(listing).Origins[0];
        var verdict = rule.Judge(Given.Observation(use, Given.Seen(Given.Address(address, Given.Handshake()))))
            .ShouldHaveSingleItem()
            .Verdict;
        return verdict is Verdict.Fail fail ? fail.Severity ?? rule.Metadata.Severity : null;
    }
}
