using OriginWatch.Inventory;
using OriginWatch.Targets;

namespace OriginWatch.Tests.Targets;

public class NamePlannerTests
{
    private static readonly CacheBehavior Forwards = Sample.Behavior() with { OriginRequestPolicyId = Sample.AllViewer };

    [Fact]
    public void Every_alias_is_asked_for_and_the_distributions_own_name_only_informs()
        => Names(Forwarding() with { Aliases = ["www.example.com", "Shop.Example.com."] }).ShouldBe(
        [
            ("www.example.com", ServerNameRole.Alias, true),
            ("shop.example.com", ServerNameRole.Alias, true),
            (Sample.OwnName, ServerNameRole.DistributionDomain, false),
        ]);

    [Fact]
    public void The_distributions_own_name_decides_where_there_is_no_alias()
        => Names(Forwarding() with { Aliases = [] }).ShouldBe([(Sample.OwnName, ServerNameRole.DistributionDomain, true)]);

    [Fact]
    public void A_wildcard_alias_is_asked_for_by_a_label_of_its_own()
        => Names(Forwarding() with { Aliases = ["*.example.com"] })[0].ShouldBe(("originwatch-probe.example.com", ServerNameRole.Alias, true));

    [Fact]
    public void An_alias_that_is_the_origins_own_name_is_asked_for_once()
    {
        var distribution = Forwarding() with { Aliases = ["origin.example.com"], CacheBehaviors = [Sample.Behavior(pathPattern: "/plain/*")] };
        Names(distribution).ShouldBe([("origin.example.com", ServerNameRole.OriginDomain, true), (Sample.OwnName, ServerNameRole.DistributionDomain, false)]);
    }

    [Fact]
    public void At_most_twenty_names_are_probed_and_the_cut_is_said()
    {
        var use = Sample.Use(Forwarding() with { Aliases = [.. Enumerable.Range(1, 100).Select(number => $"a{number}.example.com")] });

        use.Names.Count.ShouldBe(20);
        use.Names.ShouldAllBe(name => name.Decides);
        use.Cuts.ShouldBe(["81 of 101 names were left out: at most 20 are probed for an origin."]);
    }

    [Fact]
    public void Every_name_connects_to_the_origin()
        => Sample.Use(Forwarding()).Names.ShouldAllBe(name => name.Target.DomainName == "origin.example.com");

    [Fact]
    public void The_reason_names_behaviour_and_policy()
        => Sample.Use(Forwarding()).HostForwardingReason.ShouldBe("path pattern \"*\": origin request policy \"AllViewer\" forwards Host");

    [Fact]
    public void Where_behaviours_differ_the_reason_names_both()
        => Sample.Use(Forwarding() with { CacheBehaviors = [Sample.Behavior(pathPattern: "/plain/*")] })
            .ShouldSatisfyAllConditions(
                use => use.HostForwarding.ShouldBe(HostForwarding.Both),
                use => use.HostForwardingReason.ShouldBe("path pattern \"*\": origin request policy \"AllViewer\" forwards Host; path pattern \"/plain/*\": cache policy \"CachingOptimized\" leaves Host out"));

    private static Distribution Forwarding() => Sample.Distribution(Sample.Origin()) with { DefaultCacheBehavior = Forwards };

    private static List<(string ServerName, ServerNameRole Role, bool Decides)> Names(Distribution distribution)
        => [.. Sample.Use(distribution).Names.Select(name => (name.Target.ServerName, name.Role, name.Decides))];
}
