using System.Text;
using OriginWatch.History;

namespace OriginWatch.Tests.History;

public class SuppressionFileTests
{
    private const string Entry = "  - rule: OW301\n    reason: known\n    owner: shop\n    expires: 2027-01-31\n";

    [Fact]
    public void Entries_are_read_with_their_defaults()
    {
        var list = Parse(
            $"""
            # Why these are muted stands in ticket OPS-12.
            suppressions:
              - distribution: E2QWRUHAPOMQZL
                origin: "legacy-*"
                rule: OW3??
                reason: "Migrated in January: the old host keeps its certificate"
                owner: web-team@example.com
                expires: 2027-01-31
              - rule: OW104
                reason: old clients
                owner: shop
                expires: "2026-12-31"
            """
        );
        list.Problem.ShouldBeNull();
        list.Entries.ShouldBe([
            new()
            {
                Distribution = "E2QWRUHAPOMQZL",
                Origin = "legacy-*",
                Rule = "OW3??",
                Reason = "Migrated in January: the old host keeps its certificate",
                Owner = "web-team@example.com",
                Expires = new(2027, 1, 31),
                Line = 3,
            },
            new()
            {
                Rule = "OW104",
                Reason = "old clients",
                Owner = "shop",
                Expires = new(2026, 12, 31),
                Line = 9,
            },
        ]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    [InlineData("---\n")]
    [InlineData("suppressions:\n")]
    [InlineData("suppressions: []\n")]
    [InlineData("\ufeffsuppressions: []\n")]
    public void An_empty_file_suppresses_nothing_and_is_no_problem(string text)
    {
        var list = Parse(text);
        list.Problem.ShouldBeNull();
        list.Entries.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("suppressions:\n  - rule: OW301\n", "an entry lacks reason and owner and expires")]
    [InlineData(
        "suppressions:\n  - {reason: r, owner: o, expires: 2027-01-31}\n",
        "an entry names no distribution, origin or rule, so it would suppress everything"
    )]
    [InlineData(
        "suppressions:\n  - {rule: '**', origin: '*', reason: r, owner: o, expires: 2027-01-31}\n",
        "an entry names no distribution, origin or rule, so it would suppress everything"
    )]
    [InlineData("suppressions:\n" + Entry + "    until: 2027\n", "\"until\" is not a key of an entry")]
    [InlineData("suppressions:\n" + Entry + "    rule: OW302\n", "\"rule\" appears twice in an entry")]
    [InlineData("suppressions:\n" + Entry + "    origin: [a, b]\n", "one value for \"origin\" is expected")]
    [InlineData("suppressions:\n" + Entry + "    origin: ''\n", "\"origin\" is empty or longer than 500 characters")]
    [InlineData(
        "suppressions:\n  - {rule: OW301, reason: r, owner: o, expires: 31.01.2027}\n",
        "\"expires\" is not a date such as 2027-01-31"
    )]
    [InlineData(
        "suppressions:\n  - {rule: OW301, reason: r, owner: o, expires: 2027-02-30}\n",
        "\"expires\" is not a date such as 2027-01-31"
    )]
    [InlineData("suppressions: none\n", "a list of entries is expected")]
    [InlineData("- rule: OW301\n", "a mapping with the key \"suppressions\" is expected")]
    [InlineData("mutes: []\n", "\"mutes\" found where \"suppressions\" is expected")]
    [InlineData("suppressions: []\nmore: []\n", "nothing after the list is expected")]
    [InlineData("suppressions: []\n---\nsuppressions: []\n", "one document only is expected")]
    [InlineData("suppressions: &a []\n", "anchors and aliases are not allowed")]
    [InlineData(
        "suppressions:\n  - &a {rule: OW301, reason: r, owner: o, expires: 2027-01-31}\n  - *a\n",
        "anchors and aliases are not allowed"
    )]
    [InlineData("suppressions: !!seq []\n", "tags are not allowed")]
    [InlineData("suppressions: !System.IO.FileInfo []\n", "tags are not allowed")]
    public void One_mistake_voids_the_whole_file_and_is_named_by_line(string text, string reason)
    {
        var list = Parse(text);
        list.Entries.ShouldBeEmpty();
        list.Problem.ShouldNotBeNull().ShouldStartWith("The suppressions file is ignored as a whole, so nothing is suppressed: line ");
        list.Problem!.ShouldEndWith($": {reason}.");
    }

    [Theory]
    [InlineData("suppressions:\n\t- rule: OW301")]
    [InlineData("suppressions: [")]
    [InlineData("suppressions: {a: b")]
    [InlineData("\"suppressions")]
    [InlineData("%YAML 9.9\n---\nsuppressions: []")]
    public void What_is_not_yaml_is_a_problem_and_no_exception(string text) =>
        Parse(text).Problem.ShouldNotBeNull().ShouldStartWith("The suppressions file is ignored as a whole");

    [Fact]
    public void Size_depth_and_number_are_bounded()
    {
        SuppressionFile.Parse(new byte[SuppressionFile.MaxBytes + 1]).Problem.ShouldNotBeNull().ShouldContain("longer than 256 KiB");
        Parse($"suppressions:\n{string.Concat(Enumerable.Repeat("  - {rule: OW301, reason: r, owner: o, expires: 2027-01-31}\n", 1001))}")
            .Problem.ShouldNotBeNull()
            .ShouldContain("more than 1000 entries");
        Parse(new string('[', 100_000)).Problem.ShouldNotBeNull();
        Parse($"suppressions: {new string('[', 100_000)}").Problem.ShouldNotBeNull();
    }

    [Fact]
    public void What_is_not_utf8_is_a_problem() =>
        SuppressionFile.Parse(new byte[] { 0x73, 0xff, 0xfe }).Problem.ShouldNotBeNull().ShouldEndWith("it is not UTF-8.");

    private static SuppressionList Parse(string text) => SuppressionFile.Parse(Encoding.UTF8.GetBytes(text));
}
