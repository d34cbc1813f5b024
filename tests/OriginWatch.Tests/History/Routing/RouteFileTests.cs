using System.Text;
using OriginWatch.History.Routing;

namespace OriginWatch.Tests.History.Routing;

public class RouteFileTests
{
    private const string Topic = "arn:aws:sns:eu-central-1:111122223333:shop";
    private const string Route = "  - name: shop\n    topic: " + Topic + "\n    account: '111122223333'\n";

    [Fact]
    public void Routes_are_read_with_one_value_or_several()
    {
        var table = Parse(
            $"""
            # Who owns what stands in the wiki.
            routes:
              - name: shop
                topic: {Topic}
                account: 012345678901
                alias: ["*.shop.example", shop.example]
              - name: platform
                topic: default
                path: r-ab12/ou-ab12-11111111
                distribution: [E2EXAMPLE]
                tag: team=platform
            """
        );
        table.Problem.ShouldBeNull();
        var (shop, platform) = (table.Routes[0], table.Routes[1]);
        (shop.Name, shop.Topic, shop.Line).ShouldBe(("shop", Topic, 3));
        shop.Accounts.ShouldBe(["012345678901"]);
        shop.Aliases.ShouldBe(["*.shop.example", "shop.example"]);
        (platform.Topic, platform.Line).ShouldBe((null, 7));
        platform.Paths.ShouldBe(["r-ab12/ou-ab12-11111111"]);
        platform.Distributions.ShouldBe(["E2EXAMPLE"]);
        platform.Tags.ShouldBe(["team=platform"]);
    }

    [Fact]
    public void A_route_to_the_default_topic_by_its_ARN_is_one_to_the_default_topic() =>
        RouteFile.Parse(Encoding.UTF8.GetBytes("routes:\n" + Route), Topic).Routes.ShouldHaveSingleItem().Topic.ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    [InlineData("routes:\n")]
    [InlineData("routes: []\n")]
    public void An_empty_file_has_no_routes_and_no_problem(string text)
    {
        var table = Parse(text);
        table.Problem.ShouldBeNull();
        table.Routes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("routes:\n  - {name: shop, account: '111122223333'}\n", 2, "a route lacks topic (route \"shop\")")]
    [InlineData("routes:\n  - {topic: " + Topic + ", account: '111122223333'}\n", 2, "a route lacks name")]
    [InlineData(
        "routes:\n  - {name: shop, topic: " + Topic + "}\n",
        2,
        "a route (route \"shop\") has none of account, path, distribution, alias, tag, so it would take everything"
    )]
    [InlineData(
        "routes:\n" + Route + "    acount: '1'\n",
        5,
        "\"acount\" is not a key of a route (route \"shop\"); use name, topic, account, path, distribution, alias, tag"
    )]
    [InlineData("routes:\n" + Route + "    account: '1'\n", 5, "\"account\" appears twice in a route (route \"shop\")")]
    [InlineData("routes:\n" + Route + Route, 5, "the name \"shop\" is taken by the route in line 2")]
    [InlineData(
        "routes:\n  - {name: shop, topic: shop-team, account: '111122223333'}\n",
        2,
        "\"topic\" takes the ARN of a standard SNS topic, or default, not \"shop-team\" (route \"shop\")"
    )]
    [InlineData(
        "routes:\n  - {name: shop, topic: " + Topic + ".fifo, account: '111122223333'}\n",
        2,
        "\"topic\" takes the ARN of a standard SNS topic, or default, not \"" + Topic + ".fifo\" (route \"shop\")"
    )]
    [InlineData(
        "routes:\n  - name: shop\n    topic: " + Topic + "\n    account:\n      - '111122223333'\n      - 11112222333\n",
        6,
        "\"account\" takes an account id of 12 digits, not \"11112222333\" (route \"shop\")"
    )]
    [InlineData(
        "routes:\n  - {name: shop, topic: " + Topic + ", path: shop}\n",
        2,
        "\"path\" takes an organizational unit, such as r-ab12/ou-ab12-11111111, not \"shop\" (route \"shop\")"
    )]
    [InlineData(
        "routes:\n  - {name: shop, topic: " + Topic + ", distribution: E2*}\n",
        2,
        "\"distribution\" takes a distribution id, such as E2EXAMPLE, not \"E2*\" (route \"shop\")"
    )]
    [InlineData(
        "routes:\n  - {name: shop, topic: " + Topic + ", tag: shop}\n",
        2,
        "\"tag\" takes KEY=VALUE, such as team=shop, not \"shop\" (route \"shop\")"
    )]
    [InlineData("routes:\n  - {name: shop, topic: " + Topic + ", alias: ''}\n", 2, "\"alias\" is empty or longer than 300 characters")]
    [InlineData("routes:\n  - {name: shop, topic: [" + Topic + "], alias: a}\n", 2, "one value for \"topic\" is expected")]
    [InlineData("routes:\n  - {name: shop, topic: " + Topic + ", alias: [[a]]}\n", 2, "a value in the list of \"alias\" is expected")]
    [InlineData("routes: none\n", 1, "a list of routes is expected")]
    [InlineData("mails: []\n", 1, "\"mails\" found where \"routes\" is expected")]
    [InlineData("routes: &a []\n", 1, "anchors and aliases are not allowed")]
    public void One_mistake_voids_the_whole_file_and_is_named_by_line(string text, int line, string reason)
    {
        var table = Parse(text);
        table.Routes.ShouldBeEmpty();
        table.Problem.ShouldBe($"The routes file is ignored as a whole, so every mail goes to the default topic: line {line}: {reason}.");
    }

    [Theory]
    [InlineData("routes: [")]
    [InlineData("routes:\n\t- name: a")]
    public void What_is_not_yaml_is_a_problem_and_no_exception(string text) =>
        Parse(text).Problem.ShouldNotBeNull().ShouldStartWith("The routes file is ignored as a whole");

    [Fact]
    public void Size_and_numbers_are_bounded()
    {
        RouteFile.Parse(new byte[RouteFile.MaxBytes + 1]).Problem.ShouldNotBeNull().ShouldContain("longer than 256 KiB");
        Many(501, _ => "a").ShouldContain("more than 500 routes");
        Many(51, number => $"t{number}").ShouldContain("its routes lead to 51 topics; 50 are allowed");
        Parse($"routes: {new string('[', 100_000)}").Problem.ShouldNotBeNull();
        RouteFile.Parse(new byte[] { 0x73, 0xff, 0xfe }).Problem.ShouldNotBeNull().ShouldEndWith("it is not UTF-8.");
    }

    [Fact]
    public void What_just_keeps_the_bounds_is_read()
    {
        var file = "routes:\n" + Route;
        RouteFile.Parse(Encoding.UTF8.GetBytes(file + new string('#', RouteFile.MaxBytes - file.Length))).Problem.ShouldBeNull();
        Table(500, _ => "a").Routes.Count.ShouldBe(500);
        Table(50, number => $"t{number}").Routes.Count.ShouldBe(50);
        One(new('n', 40), "a").Problem.ShouldBeNull();
        One(new('n', 41), "a").Problem.ShouldNotBeNull().ShouldContain("\"name\" takes up to 40 printable ASCII characters");
        One("shop", new('a', 300)).Problem.ShouldBeNull();
        One("shop", new('a', 301)).Problem.ShouldNotBeNull().ShouldContain("\"alias\" is empty or longer than 300 characters");
        One("shop", $"[{string.Join(',', Enumerable.Repeat("a", 500))}]").Routes[0].Aliases.Count.ShouldBe(500);
        One("shop", $"[{string.Join(',', Enumerable.Repeat("a", 501))}]")
            .Problem.ShouldNotBeNull()
            .ShouldContain("\"alias\" has more than 500 values");
    }

    private static RouteTable One(string name, string alias) => Parse($"routes:\n  - {{name: {name}, topic: '{Topic}', alias: {alias}}}\n");

    private static string Many(int count, Func<int, string> topic) => Table(count, topic).Problem.ShouldNotBeNull();

    private static RouteTable Table(int count, Func<int, string> topic) =>
        Parse(
            $"routes:\n{string.Concat(Enumerable.Range(0, count).Select(number => $"  - {{name: r{number}, topic: '{Topic}-{topic(number)}', alias: a}}\n"))}"
        );

    private static RouteTable Parse(string text) => RouteFile.Parse(Encoding.UTF8.GetBytes(text));
}
