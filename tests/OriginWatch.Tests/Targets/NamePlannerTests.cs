using OriginWatch.Inventory;
using OriginWatch.Targets;

namespace OriginWatch.Tests.Targets;

public class NamePlannerTests
{
    private static readonly CacheBehavior Forwards = Sample.Behavior() with { OriginRequestPolicyId = Sample.AllViewer };

    [Fact]
    public void Every_alias_is_asked_for_and_the_distributions_own_name_only_informs() =>
        Names(Forwarding() with { Aliases = ["www.example.com", "Shop.Example.com."] })
            .ShouldBe([
                ("www.example.com", ServerNameRole.Alias, true),
                ("shop.example.com", ServerNameRole.Alias, true),
                (Sample.OwnName, ServerNameRole.DistributionDomain, false),
            ]);

    [Fact]
    public void The_distributions_own_name_decides_where_there_is_no_alias() =>
        Names(Forwarding() with { Aliases = [] }).ShouldBe([(Sample.OwnName, ServerNameRole.DistributionDomain, true)]);

    [Fact]
    public void A_wildcard_alias_is_asked_for_by_a_label_of_its_own() =>
        Names(Forwarding() with { Aliases = ["*.example.com"] })[0].ShouldBe(("originwatch-probe.example.com", ServerNameRole.Alias, true));

    [Fact]
    public void A_label_made_up_under_a_wildcard_decides_only_where_nothing_else_is_listed()
    {
        Invented(Forwarding() with { Aliases = ["*.example.com"] }).ShouldBe([("originwatch-probe.example.com", true)]);
        Invented(Forwarding() with { Aliases = ["*.example.com", "www.example.net"] }).ShouldBe([("originwatch-probe.example.com", false)]);
    }

    [Theory]
    [InlineData("www.example.com")]
    [InlineData("a.b.Example.com.")]
    public void A_listed_name_under_a_wildcard_speaks_for_it(string listed) =>
        Invented(Forwarding() with { Aliases = ["*.example.com", listed] }).ShouldBeEmpty();

    [Fact]
    public void The_wildcards_parent_does_not_speak_for_it() =>
        Invented(Forwarding() with { Aliases = ["*.example.com", "example.com"] }).ShouldBe([("originwatch-probe.example.com", false)]);

    [Fact]
    public void An_alias_that_is_the_origins_own_name_is_asked_for_once()
    {
        var distribution = Forwarding() with
        {
            Aliases = ["origin.example.com"],
            CacheBehaviors = [Sample.Behavior(pathPattern: "/plain/*")],
        };
        Names(distribution)
            .ShouldBe([
                ("origin.example.com", ServerNameRole.OriginDomain, true),
                (Sample.OwnName, ServerNameRole.DistributionDomain, false),
            ]);
    }

    [Fact]
    public void At_most_twenty_names_are_probed_and_the_cut_is_said()
    {
        var use = Sample.Use(Forwarding() with { Aliases = [.. Enumerable.Range(1, 100).Select(number => $"a{number}.example.com")] });

        use.Names.Count.ShouldBe(20);
        use.Names.ShouldAllBe(name => name.Decides);
        use.Cuts.ShouldBe(["E1EXAMPLE12345, origin \"app\": 81 of 101 names were left out, at most 20 are probed for an origin."]);
    }

    [Fact]
    public void Every_name_connects_to_the_origin() =>
        Sample.Use(Forwarding()).Names.ShouldAllBe(name => name.Target.DomainName == "origin.example.com");

    [Fact]
    public void The_reason_names_behavior_and_policy() =>
        Sample.Use(Forwarding()).HostForwardingReason.ShouldBe("path pattern \"*\": origin request policy \"AllViewer\" forwards Host");

    [Fact]
    public void Where_behaviors_differ_the_reason_names_both() =>
        Sample
            .Use(Forwarding() with { CacheBehaviors = [Sample.Behavior(pathPattern: "/plain/*")] })
            .ShouldSatisfyAllConditions(
                use => use.HostForwarding.ShouldBe(HostForwarding.Both),
                use =>
                    use.HostForwardingReason.ShouldBe(
                        "path pattern \"*\": origin request policy \"AllViewer\" forwards Host; path pattern \"/plain/*\": cache policy \"CachingOptimized\" leaves Host out"
                    )
            );

    [Fact]
    public void Viewers_of_a_staging_distribution_come_under_the_primarys_names()
    {
        var primary = Forwarding();
        var stranger = Sample.Distribution(Sample.Origin("other", "other.example.com")) with { Id = "E3", Aliases = ["other.example.com"] };
        var listing = Sample.Listing(stranger, Staging(Forwarding()), primary);

        TargetPlanner
            .Plan(listing)
            .Origins.Single(use => use.Distribution.Staging)
            .Names.Select(name => (name.Target.ServerName, name.Role, name.Decides))
            .ShouldBe([("www.example.com", ServerNameRole.Alias, true), (Sample.OwnName, ServerNameRole.DistributionDomain, false)]);
    }

    [Fact]
    public void The_primary_of_a_staging_distribution_is_the_one_with_the_most_origins_in_common()
    {
        var two = Sample.Distribution(Sample.Origin(), Sample.Origin("new", "new.example.com")) with { DefaultCacheBehavior = Forwards };
        var near = two with { Id = "E3", Aliases = ["near.example.com"] };

        TargetPlanner
            .Plan(Sample.Listing(Forwarding(), near, Staging(two)))
            .Origins.First(use => use.Distribution.Staging)
            .Names[0]
            .Target.ServerName.ShouldBe("near.example.com");
    }

    [Fact]
    public void A_staging_distribution_without_a_primary_is_not_probed_and_says_why()
    {
        var use = Sample.Use(Staging(Forwarding()));
        use.Names.ShouldBeEmpty();
        use.NotProbedBecause.ShouldNotBeNull().ShouldContain("viewers' names");
    }

    [Fact]
    public void A_staging_distribution_that_does_not_forward_Host_needs_no_primary() =>
        Names(Staging(Sample.Distribution(Sample.Origin()))).ShouldBe([("origin.example.com", ServerNameRole.OriginDomain, true)]);

    private static Distribution Staging(Distribution distribution) =>
        distribution with
        {
            Id = "E2",
            Staging = true,
            Aliases = [],
            DomainName = "d2.cloudfront.net",
        };

    private static Distribution Forwarding() => Sample.Distribution(Sample.Origin()) with { DefaultCacheBehavior = Forwards };

    private static List<(string ServerName, bool Decides)> Invented(Distribution distribution) =>
        [.. Sample.Use(distribution).Names.Where(name => name.IsInvented).Select(name => (name.Target.ServerName, name.Decides))];

    private static List<(string ServerName, ServerNameRole Role, bool Decides)> Names(Distribution distribution) =>
        [.. Sample.Use(distribution).Names.Select(name => (name.Target.ServerName, name.Role, name.Decides))];
}
