using OriginWatch.Inventory;
using OriginWatch.Rules;
using OriginWatch.Rules.Configuration;
using OriginWatch.Tests.Targets;
using static OriginWatch.Tests.Rules.Configuration.ConfigurationRules;

namespace OriginWatch.Tests.Rules.Configuration;

public class MatchViewerIsReachedOverHttpsOnlyTests
{
    private static readonly Origin MatchViewer = Sample.Origin(policy: OriginProtocolPolicy.MatchViewer);
    private static readonly Origin Other = Sample.Origin("other", "other.example.com");

    [Fact]
    public void Passes_when_every_behavior_that_reaches_it_insists_on_https() =>
        Judge<MatchViewerIsReachedOverHttpsOnly>(
                Sample.Distribution(MatchViewer).WithBehaviors(Sample.Behavior(pathPattern: "/a", viewer: ViewerProtocolPolicy.HttpsOnly))
            )
            .Passes();

    [Fact]
    public void Fails_when_one_behavior_allows_http_and_names_it()
    {
        var fail = Judge<MatchViewerIsReachedOverHttpsOnly>(
                Sample
                    .Distribution(MatchViewer)
                    .WithBehaviors(
                        Sample.Behavior(pathPattern: "/a", viewer: ViewerProtocolPolicy.AllowAll),
                        Sample.Behavior(pathPattern: "/b")
                    )
            )
            .Fails();

        fail.Detail.ShouldBe("OriginProtocolPolicy is match-viewer and \"/a\" allows HTTP (allow-all)");
        fail.Severity.ShouldBe(Severity.High);
    }

    [Fact]
    public void A_behavior_of_another_origin_has_no_say() =>
        Judge<MatchViewerIsReachedOverHttpsOnly>(
                Sample.Distribution(MatchViewer, Other).WithBehaviors(Sample.Behavior("other", "/a", ViewerProtocolPolicy.AllowAll))
            )
            .Passes();

    [Fact]
    public void The_default_behavior_of_another_origin_has_no_say() =>
        Judge<MatchViewerIsReachedOverHttpsOnly>(
                Sample.Distribution(Other, MatchViewer).WithBehaviors(Sample.Behavior("app", "/a")) with
                {
                    DefaultCacheBehavior = Sample.Behavior("other", viewer: ViewerProtocolPolicy.AllowAll),
                }
            )
            .Passes();

    [Fact]
    public void A_behavior_that_reaches_it_through_an_origin_group_counts() =>
        Judge<MatchViewerIsReachedOverHttpsOnly>(
                Sample.Distribution(Other, MatchViewer).WithBehaviors(Sample.Behavior("pair", "/a", ViewerProtocolPolicy.AllowAll)) with
                {
                    OriginGroups = [new("pair", ["other", "app"], [502])],
                }
            )
            .Fails()
            .Detail.ShouldContain("\"/a\" allows HTTP");

    [Fact]
    public void A_shadowed_behavior_has_no_say() =>
        Judge<MatchViewerIsReachedOverHttpsOnly>(
                Sample
                    .Distribution(MatchViewer)
                    .WithBehaviors(
                        Sample.Behavior(pathPattern: "/a/*"),
                        Sample.Behavior(pathPattern: "/a/b", viewer: ViewerProtocolPolicy.AllowAll)
                    )
            )
            .Passes();

    [Fact]
    public void Is_undetermined_for_an_unknown_viewer_policy() =>
        Judge<MatchViewerIsReachedOverHttpsOnly>(
                Sample.Distribution(MatchViewer).WithBehaviors(Sample.Behavior(pathPattern: "/a", viewer: new("h3-only")))
            )
            .IsUndetermined();

    [Theory]
    [InlineData("https-only")]
    [InlineData("http-only")]
    public void Does_not_apply_to_another_policy(string policy) =>
        Judge<MatchViewerIsReachedOverHttpsOnly>(Sample.Origin(policy: new(policy))).IsNotApplicable();

    [Fact]
    public void Holds_for_a_vpc_origin_too()
    {
        var use = VpcUse(OriginProtocolPolicy.MatchViewer);
        Judge<MatchViewerIsReachedOverHttpsOnly>(use).Passes();
        var open = use.Behaviors[0] with
        {
            Behavior = use.Behaviors[0].Behavior with { ViewerProtocolPolicy = ViewerProtocolPolicy.AllowAll },
        };
        Judge<MatchViewerIsReachedOverHttpsOnly>(use with { Behaviors = [open] }).Fails().Severity.ShouldBe(Severity.Medium);
    }
}
