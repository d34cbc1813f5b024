using OriginWatch.Audit;
using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;

namespace OriginWatch.Tests.Audit;

public class ProbeOrderTests
{
    private static readonly DateTimeOffset LastNight = Given.Now.AddDays(-1);
    private static readonly AuditPlan Plan = TargetPlanner.Plan(
        new Listing
        {
            Distributions =
            [
                Given.Distribution([.. new[] { "good", "rejected", "silent", "quiet", "fine" }.Select(id => Given.Origin(id))]),
            ],
        }
    );

    [Fact]
    public void A_first_run_follows_the_listing() => Order(new()).ShouldBe(["good", "rejected", "silent", "quiet", "fine"]);

    [Fact]
    public void Later_the_silent_come_first_and_then_the_rejected() =>
        Order(WithPrior(64)).ShouldBe(["silent", "quiet", "rejected", "good", "fine"]);

    [Fact]
    public void No_more_come_first_than_may_wait_in_silence() =>
        Order(WithPrior(ProbeLimits.MaxConnections - 1)).ShouldBe(["silent", "rejected", "good", "quiet", "fine"]);

    [Fact]
    public void Where_none_may_wait_in_silence_only_the_rejected_come_first() =>
        Order(WithPrior(ProbeLimits.MaxConnections)).ShouldBe(["rejected", "good", "silent", "quiet", "fine"]);

    [Fact]
    public void A_verdict_by_another_ones_doubt_is_no_last_run()
    {
        var options = WithPrior(64);
        var later = new PriorOutcome(OriginVerdict.Undetermined, Given.Now) { FailsAtEdge = true };
        Order(options with { Prior = new Dictionary<string, PriorOutcome>(options.Prior) { [Key("silent")] = later } })
            .ShouldBe(["silent", "quiet", "rejected", "good", "fine"]);
    }

    [Fact]
    public void A_run_that_judged_one_origin_anew_makes_the_others_no_silent_ones()
    {
        var options = WithPrior(64);
        var anew = new PriorOutcome(OriginVerdict.Accepts, Given.Now);
        Order(options with { Prior = new Dictionary<string, PriorOutcome>(options.Prior) { [Key("fine")] = anew } })
            .ShouldBe(["silent", "quiet", "rejected", "good", "fine"]);
    }

    [Fact]
    public void Every_target_is_looked_at_once_HTTP_ports_too()
    {
        var plan = TargetPlanner.Plan(
            new Listing
            {
                Distributions = [Given.Distribution(Given.Origin("good"), Given.Origin("plain", "http-only"), Given.Origin("silent"))],
            }
        );
        var order = ProbeOrder.Of(plan, WithPrior(64));
        order.Count.ShouldBe(plan.Targets.Count + plan.HttpTargets.Count);
        order.ShouldBe([.. plan.Targets, .. plan.HttpTargets], ignoreOrder: true);
        order[^1].DomainName.ShouldBe("good.example.com");
    }

    private static AuditOptions WithPrior(int concurrency) =>
        new()
        {
            Concurrency = concurrency,
            Prior = new Dictionary<string, PriorOutcome>(StringComparer.Ordinal)
            {
                [Key("good")] = new(OriginVerdict.Accepts, LastNight),
                [Key("rejected")] = new(OriginVerdict.Rejects, LastNight),
                [Key("quiet")] = new(OriginVerdict.Accepts, LastNight.AddDays(-1)),
                [Key("fine")] = new(OriginVerdict.Accepts, LastNight),
            },
        };

    private static string Key(string id) => OriginKey.Of("E1EXAMPLE", id);

    private static IEnumerable<string> Order(AuditOptions options) =>
        ProbeOrder.Of(Plan, options).Select(target => target.DomainName.Split('.')[0]);
}
