using OriginWatch.Inventory;
using OriginWatch.Targets;

namespace OriginWatch.Tests.Targets;

/// <summary>An account at CloudFront's limits: 500 distributions with 100 origins and 75 behaviors each, on 2,000 distinct
/// targets.</summary>
public class LargestAccountTests
{
    private const int Distributions = 500;
    private const int Origins = 100;
    private const int Behaviors = 75;
    private const int DistinctTargets = 2000;

    [Fact]
    public void Is_planned_within_300_megabytes()
    {
        var listing = Listing();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var plan = TargetPlanner.Plan(listing);

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        plan.Origins.Count.ShouldBe(Distributions * Origins);
        plan.Targets.Count.ShouldBe(DistinctTargets);
        allocated.ShouldBeLessThan(300_000_000);
    }

    private static Listing Listing() => Sample.Listing([.. Enumerable.Range(0, Distributions).Select(Distribution)]);

    private static Distribution Distribution(int number) =>
        Sample.Distribution([
            .. Enumerable
                .Range(0, Origins)
                .Select(origin =>
                    Sample.Origin($"origin-{origin}", $"origin-{((number * Origins) + origin) % DistinctTargets}.example.com")
                ),
        ]) with
        {
            Id = $"E{number:D13}",
            DomainName = $"d{number}.cloudfront.net",
            OriginGroups =
            [
                .. Enumerable
                    .Range(0, 10)
                    .Select(group => new OriginGroup($"group-{group}", [$"origin-{group * 2}", $"origin-{(group * 2) + 1}"], [502, 504])),
            ],
            CacheBehaviors =
            [
                .. Enumerable
                    .Range(0, Behaviors)
                    .Select(behavior =>
                        Sample.Behavior(behavior % 7 == 0 ? $"group-{behavior % 10}" : $"origin-{behavior}", Pattern(behavior))
                    ),
            ],
        };

    private static string Pattern(int behavior) =>
        (behavior % 4) switch
        {
            0 => $"/service-{behavior}/*",
            1 => $"/service-{behavior}/v?/*.json",
            2 => $"*.type{behavior}",
            _ => $"/static/*/service-{behavior}*/images/*",
        };
}
