using System.Text;
using OriginWatch.Inventory;
using OriginWatch.Targets;
using OriginWatch.Targets.Shards;
using OriginWatch.Text;
using OriginWatch.Tls;
using Shouldly;
using Xunit;

namespace OriginWatch.Tests.Targets.Organization;

public sealed class ShardTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(100, 1)]
    [InlineData(101, 2)]
    [InlineData(5000, 50)]
    public void No_shard_is_too_large_and_all_targets_of_a_name_are_in_one(int targets, int leastShards)
    {
        var all = Enumerable
            .Range(0, targets)
            .Select(number => new ShardTarget(
                Target($"host{number / 2}.example.com") with
                {
                    Port = 443 + (number % 2),
                },
                AnsweredBefore: false
            ))
            .ToList();
        var shards = Sharding.Cut(all, mostTargets: 100);
        shards.Count.ShouldBeInRange(leastShards, (4 * leastShards) + 1);
        shards.ShouldAllBe(shard => shard.Count <= 100 && shard.Count > 0);
        shards.SelectMany(shard => shard).ShouldBe(all, ignoreOrder: true);
        shards
            .SelectMany((shard, number) => shard.Select(target => (target.Target.DomainName, number)))
            .Distinct()
            .Count()
            .ShouldBe((targets + 1) / 2);
    }

    [Fact]
    public void A_name_with_more_targets_than_a_shard_holds_stays_together() =>
        Sharding
            .Cut(
                [
                    .. Enumerable
                        .Range(1, 30)
                        .Select(port => new ShardTarget(Target("one.example.com") with { Port = port }, AnsweredBefore: false)),
                ],
                mostTargets: 10
            )
            .ShouldHaveSingleItem()
            .Count.ShouldBe(30);

    [Fact]
    public void A_shard_comes_back_as_it_was()
    {
        IReadOnlyList<ShardTarget> targets =
        [
            new(
                Target("a.example.com") with
                {
                    Protocols = new(TlsProtocol.Ssl3, TlsProtocol.Tls13),
                    IpAddressType = IpAddressType.Dualstack,
                    ConnectionAttempts = 1,
                    ConnectionTimeout = TimeSpan.FromSeconds(2),
                },
                AnsweredBefore: true
            ),
            new(new HttpTarget { DomainName = "b.example.com", Port = 80 }, AnsweredBefore: false),
        ];
        var read = ShardFile.Read(ShardFile.Write(new(targets) { Roots = "PEM" }));
        read.Targets.ShouldBe(targets);
        read.Roots.ShouldBe("PEM");
    }

    [Theory]
    [InlineData("""{"format":"originwatch-shard","schema":7,"targets":[]}""", "a newer version wrote it")]
    [InlineData("""{"format":"originwatch-shard","schema":1,"targets":[null]}""", "cut short or edited")]
    [InlineData(
        """{"format":"originwatch-shard","schema":1,"targets":[{"domainName":"a","port":70000,"ipAddressType":"ipv4","connectionAttempts":3,"connectionTimeout":"00:00:10"}]}""",
        "cut short or edited"
    )]
    [InlineData(
        """{"format":"originwatch-shard","schema":1,"targets":[{"domainName":"a","port":443,"serverName":"a","protocols":["TLSv7"],"ipAddressType":"ipv4","connectionAttempts":3,"connectionTimeout":"00:00:10"}]}""",
        "cut short or edited"
    )]
    [InlineData(
        """{"format":"originwatch-shard","schema":1,"targets":[{"domainName":"a","port":443,"ipAddressType":"ipv4","connectionAttempts":3,"connectionTimeout":"10.00:00:10"}]}""",
        "cut short or edited"
    )]
    public void What_no_inventory_leads_to_is_refused_with_a_sentence(string content, string sentence) =>
        Should.Throw<OperatorException>(() => ShardFile.Read(Encoding.UTF8.GetBytes(content))).Message.ShouldContain(sentence);

    private static ProbeTarget Target(string name) => Given.Target(name);
}
