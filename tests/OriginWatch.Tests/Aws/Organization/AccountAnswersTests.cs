using OriginWatch.Aws;
using OriginWatch.Aws.Organization.Steps;
using OriginWatch.History.Routing;
using OriginWatch.Inventory;
using OriginWatch.Inventory.Organization;
using static OriginWatch.Tests.Aws.CloudFrontXml;

namespace OriginWatch.Tests.Aws.Organization;

/// <summary>What the gather step asks of an account for the last step, which has no credentials of it.</summary>
public sealed class AccountAnswersTests
{
    private static readonly Account Shop = new("123456789012", "shop");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tags_are_asked_for_where_they_decide_and_only_those_that_routes_name_are_kept()
    {
        await using var fake = Account("E1", "E2").Fail("tagging?Resource=", Tags(("team", "shop"), ("budget", "secret")));
        using var account = new AwsInventory(LoopbackClients.On(fake.Http.Url));
        var routes = new RouteTable(
            [new Route { Name = "one", Distributions = ["E2"] }, new Route { Name = "two", Tags = ["team=sh?p"] }],
            Problem: null
        );

        var listing = await Answers(account).AddTagsAsync(await account.ReadAsync(Token), Shop, routes, Token);

        listing.TagsUnreadBecause.ShouldBeNull();
        listing
            .Distributions.Select(distribution => distribution.RouteTags)
            .ShouldBe([
                ["team=shop"],
                null,
            ]);
        fake.Http.Calls.Count(call => call.Path.EndsWith("/tagging", StringComparison.Ordinal)).ShouldBe(1);
        (
            await Answers(account)
                .AddTagsAsync(
                    listing,
                    Shop,
                    new(
                        [
                            new Route
                            {
                                Name = "web",
                                Paths = ["r-ab12"],
                                Tags = ["team=web"],
                            },
                        ],
                        null
                    ),
                    Token
                )
        ).ShouldBeSameAs(listing, "the account is in no such unit");
    }

    [Fact]
    public async Task Tags_and_metrics_that_may_not_be_read_leave_the_inventory_whole_and_say_why()
    {
        await using var fake = Account("E1", "E2").Fail("tagging?Resource=", FakeCloudFront.Error(403, "AccessDenied", "no"), times: 4);
        using var account = new AwsInventory(LoopbackClients.On(fake.Http.Url));
        var routes = new RouteTable([new Route { Name = "one", Tags = ["team=shop"] }], Problem: null);
        var listing = await account.ReadAsync(Token);

        var told = await Answers(account).AddTagsAsync(listing, Shop, routes, Token);
        told.TagsUnreadBecause.ShouldBe(
            "AWS denied cloudfront:ListTagsForResource (AccessDenied: no). Allow the action cloudfront:ListTagsForResource to this identity."
        );
        told.Distributions.Count.ShouldBe(2);
        told.Distributions.ShouldAllBe(distribution => distribution.RouteTags == null);

        var counted = await Answers(account).AddTrafficAsync(listing, Token);
        counted.TrafficUnreadBecause.ShouldNotBeNull().ShouldStartWith("CloudFront's metrics were not read: ");
        counted.Distributions.Count.ShouldBe(2);
    }

    private static AccountAnswers Answers(AwsInventory account) => new(account, TimeSpan.FromSeconds(60), TimeProvider.System);

    private static FakeCloudFront Account(params string[] ids) =>
        new()
        {
            Distributions =
            [
                .. ids.Select(id => Distribution(id, List("Origins", "Origin", Origin("origin", "origin.example", Custom())))),
            ],
        };
}
