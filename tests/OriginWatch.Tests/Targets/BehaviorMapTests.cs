using OriginWatch.Inventory;
using OriginWatch.Targets;

namespace OriginWatch.Tests.Targets;

public class BehaviorMapTests
{
    private static readonly Distribution Pair = Sample.Distribution(Sample.Origin("main"), Sample.Origin()) with
    {
        OriginGroups = [new("pair", ["main", "app"], [502, 504])],
    };

    [Fact]
    public void Behaviors_come_in_evaluation_order_the_default_one_last() =>
        Patterns(
                Sample.Use(
                    Sample.Distribution(Sample.Origin()) with
                    {
                        CacheBehaviors = [Sample.Behavior(pathPattern: "/b"), Sample.Behavior(pathPattern: "/a")],
                    }
                )
            )
            .ShouldBe(["/b", "/a", "*"]);

    [Fact]
    public void An_origin_has_only_the_behaviors_that_name_it() =>
        Patterns(Sample.Use(Pair with { CacheBehaviors = [Sample.Behavior("app", "/a"), Sample.Behavior("main", "/b")] })).ShouldBe(["/a"]);

    [Fact]
    public void A_group_reaches_both_members_and_the_first_is_the_primary()
    {
        var distribution = Pair with { DefaultCacheBehavior = Sample.Behavior("pair") };

        Sample
            .Use(distribution, "main")
            .Behaviors.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(use => use.IsPrimary.ShouldBeTrue(), use => use.OriginGroupId.ShouldBe("pair"));
        Sample
            .Use(distribution)
            .Behaviors.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(use => use.IsPrimary.ShouldBeFalse(), use => use.OriginGroupId.ShouldBe("pair"));
    }

    [Fact]
    public void A_direct_behavior_has_no_group() =>
        Sample
            .Use(Sample.Distribution(Sample.Origin()))
            .Behaviors.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(use => use.IsPrimary.ShouldBeTrue(), use => use.OriginGroupId.ShouldBeNull());

    [Fact]
    public void The_first_pattern_that_takes_every_request_is_named_as_the_shadow()
    {
        var use = Sample.Use(
            Pair with
            {
                CacheBehaviors =
                [
                    Sample.Behavior("main", "/x"),
                    Sample.Behavior("main", "/api/*"),
                    Sample.Behavior("main", "/api/v*"),
                    Sample.Behavior("app", "/api/v1/*"),
                ],
            }
        );

        use.Behaviors.ShouldHaveSingleItem().ShadowedBy.ShouldBe("/api/*");
        use.IsReached.ShouldBeFalse();
    }

    [Fact]
    public void A_later_pattern_shadows_nothing() =>
        Sample
            .Use(Pair with { CacheBehaviors = [Sample.Behavior("app", "/api/v1/*"), Sample.Behavior("main", "/api/*")] })
            .IsReached.ShouldBeTrue();

    [Fact]
    public void A_group_peer_carries_the_policy_that_is_in_force()
    {
        var listing = Sample.Listing(
            Sample.Distribution(Sample.Origin(), Sample.Vpc()) with
            {
                OriginGroups = [new("pair", ["app", "private"], [502])],
            }
        ) with
        {
            VpcOrigins = new Dictionary<string, VpcOriginEndpoint>
            {
                ["vo_1"] = new("vo_1", "arn", OriginProtocolPolicy.HttpOnly, [], 80, 443),
            },
        };

        Sample
            .Use(listing)
            .GroupPeers.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                peer => peer.OriginGroupId.ShouldBe("pair"),
                peer => peer.Origin.Id.ShouldBe("private"),
                peer => peer.OriginProtocolPolicy.ShouldBe(OriginProtocolPolicy.HttpOnly)
            );
        Sample.Use(listing, "private").GroupPeers.ShouldHaveSingleItem().OriginProtocolPolicy.ShouldBe(OriginProtocolPolicy.HttpsOnly);
    }

    private static IEnumerable<string> Patterns(PlannedOrigin use) => use.Behaviors.Select(behavior => behavior.Behavior.PathPattern);
}
