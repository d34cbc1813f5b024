using System.Text;
using OriginWatch.Audit;
using OriginWatch.History.Routing;
using OriginWatch.Inventory;
using OriginWatch.Inventory.Organization;
using static OriginWatch.Tests.Night;

namespace OriginWatch.Tests.History.Routing;

public class RouteTableTests
{
    private const string Account = "111122223333";
    private static readonly Distribution Shop = Report(First, Good("www")).Origins[0].Planned.Distribution with
    {
        AccountId = Account,
        Aliases = ["www.shop.example", "static.example"],
    };

    private static readonly RunFacts Run = Facts(First) with
    {
        Accounts = [new(new Account(Account) { Path = "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/ou-ab12-22222222" }, AccountOutcome.Read)],
    };

    [Theory]
    [InlineData("account: '111122223333'", true)]
    [InlineData("account: '111122223334'", false)]
    [InlineData("account: ['999999999999', '111122223333']", true)]
    [InlineData("path: r-ab12/ou-ab12-11111111", true)]
    [InlineData("path: ou-ab12-22222222", true)]
    [InlineData("path: r-ab12/ou-ab12-22222222", false)]
    [InlineData("distribution: E1SHOP", true)]
    [InlineData("distribution: e1shop", false)]
    [InlineData("alias: '*.SHOP.example'", true)]
    [InlineData("alias: shop.example", false)]
    [InlineData("tag: team=sh?p", true)]
    [InlineData("tag: team=news", false)]
    [InlineData("alias: static.example, tag: team=shop", true)]
    [InlineData("alias: static.example, tag: team=news", false)]
    [InlineData("alias: other.example, tag: team=shop", false)]
    public void Every_criterion_must_match_and_of_its_values_any(string criteria, bool takes)
    {
        var table = Parse($"{{name: shop, topic: {Topic("shop")}, {criteria}}}") with { Tags = Tags("env=prod", "team=shop") };
        (table.RouteOf(Shop, Run) is not null).ShouldBe(takes);
    }

    [Fact]
    public void The_first_route_that_takes_a_distribution_gets_it() =>
        Parse(
                $"{{name: one, topic: {Topic("one")}, alias: other.example}}",
                $"{{name: two, topic: {Topic("two")}, alias: '*.example'}}",
                $"{{name: three, topic: {Topic("three")}, distribution: E1SHOP}}"
            )
            .RouteOf(Shop, Run)!
            .Name.ShouldBe("two");

    [Theory]
    [InlineData("tag: team=shop", true)]
    [InlineData("alias: other.example, tag: team=shop", false)]
    public void Tags_are_needed_where_they_decide(string criteria, bool needed)
    {
        var table = Parse($"{{name: one, topic: {Topic("one")}, {criteria}}}", $"{{name: two, topic: {Topic("two")}, alias: '*'}}");
        table.NeedsTagsOf(Shop, Run).ShouldBe(needed);
        table.RouteOf(Shop, Run)?.Name.ShouldBe("two");
    }

    [Fact]
    public async Task Tags_are_read_of_distributions_that_a_mail_may_be_about_and_the_first_fault_ends_it()
    {
        var asked = new List<string>();
        var start = new OriginWatch.History.RunStart
        {
            RunId = "run",
            Routes = Parse($"{{name: one, topic: {Topic("one")}, tag: team=shop}}"),
        };
        var report = Report(First, Refused("api"), Good("www", "E2GOOD"), Silent("old", "E3OLD"));
        var (routes, problem) = await RouteTags.ReadAsync(
            start,
            report,
            (distribution, _) =>
            {
                lock (asked)
                {
                    asked.Add(distribution.Id);
                }
                return Task.FromResult<IReadOnlyList<string>>(["team=shop"]);
            },
            TimeProvider.System,
            TestContext.Current.CancellationToken
        );
        problem.ShouldBeNull();
        asked.ShouldBe(["E1SHOP", "E3OLD"], ignoreOrder: true);
        routes.Tags.Keys.ShouldBe(asked, ignoreOrder: true);

        (routes, problem) = await RouteTags.ReadAsync(
            start,
            report,
            (_, _) => throw new InventoryException("cloudfront:ListTagsForResource was denied."),
            TimeProvider.System,
            TestContext.Current.CancellationToken
        );
        problem.ShouldBe(
            "The tags of 2 distributions could not be read, so no route was chosen by them: cloudfront:ListTagsForResource was denied."
        );
        routes.RouteOf(report.Origins[0].Planned.Distribution, report.Run).ShouldBeNull();
    }

    [Fact]
    public void Tags_that_an_earlier_step_read_choose_and_those_that_it_could_not_read_are_named_by_account()
    {
        var start = new OriginWatch.History.RunStart
        {
            RunId = "run",
            Routes = Parse($"{{name: one, topic: {Topic("one")}, tag: team=shop}}"),
        };
        start.Routes.RouteOf(Shop with { RouteTags = ["team=shop"] }, Run)!.Name.ShouldBe("one");
        start.Routes.NeedsTagsOf(Shop with { RouteTags = [] }, Run).ShouldBeFalse();

        var report = Report(First, Refused("api"), Good("www", "E2GOOD"), Silent("old", "E3OLD"));
        report = report with
        {
            Run = report.Run with
            {
                Accounts = [new(new Account(Account, "shop"), AccountOutcome.Read) { TagsUnreadBecause = "AWS denied it." }],
            },
            Origins =
            [
                .. report.Origins.Select(origin =>
                    origin with
                    {
                        Observation = origin.Observation with
                        {
                            Planned = origin.Planned with
                            {
                                Distribution = origin.Planned.Distribution with
                                {
                                    AccountId = Account,
                                    RouteTags = origin.Planned.Distribution.Id == "E3OLD" ? ["team=shop"] : null,
                                },
                            },
                        },
                    }
                ),
            ],
        };
        RouteTags
            .Missing(start, report)
            .ShouldBe([
                $"Account {Account} (shop): The tags of 1 distribution could not be read, so no route was chosen by them: AWS denied it.",
            ]);
    }

    [Fact]
    public void An_account_is_asked_for_tags_only_where_a_route_may_take_something_of_it()
    {
        var table = Parse(
            $"{{name: one, topic: {Topic("one")}, account: '999999999999', tag: team=shop}}",
            $"{{name: two, topic: default, alias: '*'}}"
        );
        table.MayNeedTagsOf(new("999999999999")).ShouldBeTrue();
        table.MayNeedTagsOf(new(Account)).ShouldBeFalse();
        table.TagPatterns.ShouldBe(["team=shop"]);
    }

    private static Dictionary<string, IReadOnlyList<string>> Tags(params string[] tags) =>
        new(StringComparer.Ordinal) { ["E1SHOP"] = tags };

    private static string Topic(string name) => $"'arn:aws:sns:eu-central-1:{Account}:{name}'";

    private static RouteTable Parse(params string[] routes)
    {
        var table = RouteFile.Parse(Encoding.UTF8.GetBytes($"routes:\n{string.Concat(routes.Select(route => $"  - {route}\n"))}"));
        table.Problem.ShouldBeNull();
        return table;
    }
}
