using OriginWatch.Inventory;
using OriginWatch.Targets;

namespace OriginWatch.Tests.Targets;

public class TenantNamesTests
{
    private static readonly Distribution Plain = Sample.Distribution(Sample.Origin(domainName: "{{shop}}.{{ region }}.example.com")) with
    {
        ConnectionMode = ConnectionMode.TenantOnly,
        Aliases = [],
        TenantParameterDefaults = new Dictionary<string, string> { ["region"] = "eu" },
    };

    private static readonly Distribution Forwarding = Plain with
    {
        DefaultCacheBehavior = Sample.Behavior() with { OriginRequestPolicyId = Sample.AllViewer },
    };

    [Fact]
    public void Parameters_come_from_the_tenant_or_else_from_the_defaults() =>
        Names(Plain, Sample.Tenant("a", ["a.test"], ("shop", "books")), Sample.Tenant("b", ["b.test"], ("shop", "shoes"), ("region", "us")))
            .ShouldBe(["books.eu.example.com books.eu.example.com", "shoes.us.example.com shoes.us.example.com"]);

    [Fact]
    public void Equal_results_are_one_target() =>
        Names(Plain, Sample.Tenant("a", ["a.test"], ("shop", "books")), Sample.Tenant("b", ["b.test"], ("shop", "Books")))
            .Count.ShouldBe(1);

    [Fact]
    public void Tenants_domains_are_asked_for_where_Host_is_forwarded_and_nothing_else() =>
        Names(Forwarding, Sample.Tenant("a", ["a.test", "*.a.test"], ("shop", "books")))
            .ShouldBe(["books.eu.example.com a.test", "books.eu.example.com originwatch-probe.a.test"]);

    [Fact]
    public void A_tenant_without_a_value_is_left_out_and_said()
    {
        var use = Use(Plain, Sample.Tenant("a", ["a.test"]), Sample.Tenant("b", ["b.test"], ("shop", "shoes")));
        use.Names.Count.ShouldBe(1);
        use.Cuts.ShouldBe([
            "E1EXAMPLE12345, origin \"app\": 1 tenants were left out, parameter \"shop\" has neither a value nor a default for tenant \"a\".",
        ]);
    }

    [Fact]
    public void A_disabled_tenant_is_left_out_and_said()
    {
        var use = Use(
            Plain,
            Sample.Tenant("a", ["a.test"], ("shop", "books")) with
            {
                Enabled = false,
            },
            Sample.Tenant("b", ["b.test"], ("shop", "shoes"))
        );
        use.Names.ShouldHaveSingleItem().Target.DomainName.ShouldBe("shoes.eu.example.com");
        use.Cuts.ShouldBe(["E1EXAMPLE12345: 1 disabled tenants were left out, they serve no viewers."]);
    }

    [Fact]
    public void Without_tenants_the_defaults_alone_may_be_enough() =>
        Names(
                Plain with
                {
                    TenantParameterDefaults = new Dictionary<string, string> { ["region"] = "eu", ["shop"] = "all" },
                }
            )
            .ShouldBe(["all.eu.example.com all.eu.example.com"]);

    [Fact]
    public void Without_tenants_and_defaults_it_is_not_probed_and_says_why()
    {
        var use = Use(Plain);
        use.Names.ShouldBeEmpty();
        use.NotProbedBecause.ShouldBe(
            "its domain name depends on the tenants' parameter \"shop\", and no enabled tenant is in the inventory"
        );
    }

    [Fact]
    public void Without_tenants_nobody_knows_a_forwarded_Host() =>
        Use(Forwarding with { Origins = [Sample.Origin()] })
            .NotProbedBecause.ShouldNotBeNull()
            .ShouldContain("requested under the tenants' domains");

    [Fact]
    public void When_no_tenant_resolves_it_is_not_probed_and_says_why() =>
        Use(Plain, Sample.Tenant("a", ["a.test"])).NotProbedBecause.ShouldBe("no tenant gives its domain name all parameters");

    [Fact]
    public void When_no_tenant_has_a_domain_it_is_not_probed_and_says_why() =>
        Use(Forwarding, Sample.Tenant("a", [], ("shop", "books")))
            .NotProbedBecause.ShouldBe("Host is forwarded and no tenant has a domain");

    [Fact]
    public void At_most_a_thousand_tenants_are_looked_at_and_twenty_names_probed_and_both_cuts_are_said()
    {
        var use = Use(Plain, [.. Enumerable.Range(1, 1200).Select(number => Sample.Tenant($"t{number}", [], ("shop", $"s{number}")))]);
        use.Names.Count.ShouldBe(20);
        use.Cuts.Count.ShouldBe(2);
        use.Cuts[0].ShouldStartWith("E1EXAMPLE12345: 200 of 1200 tenants were left out");
        use.Cuts[1].ShouldStartWith("E1EXAMPLE12345, origin \"app\": 980 of 1000 names were left out");
    }

    [Fact]
    public void A_tenant_of_another_distribution_has_no_say() =>
        Use(Plain, Sample.Tenant("a", ["a.test"], ("shop", "books")) with { DistributionId = "E2" }).Names.ShouldBeEmpty();

    private static List<string> Names(Distribution distribution, params IReadOnlyList<DistributionTenant> tenants) =>
        [.. Use(distribution, tenants).Names.Select(name => $"{name.Target.DomainName} {name.Target.ServerName}")];

    private static PlannedOrigin Use(Distribution distribution, params IReadOnlyList<DistributionTenant> tenants) =>
        Sample.Use(Sample.Listing(distribution) with { Tenants = tenants });
}
