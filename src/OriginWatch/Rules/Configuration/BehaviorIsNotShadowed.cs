using OriginWatch.Inventory;
using OriginWatch.Text;

namespace OriginWatch.Rules.Configuration;

internal sealed class BehaviorIsNotShadowed : OriginRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW110",
            Severity = Severity.Low,
            Title = "Requests should reach every cache behavior",
            Fault = "Behavior never receives a request",
            Rationale =
                "CloudFront uses the first behavior whose path pattern matches. "
                + "A behavior after a wider pattern receives no request, so its origin and HTTPS settings are not in force.",
            Remediation = "Move the narrower path pattern before the wider one, or delete it.",
            Reference = new(
                "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern"
            ),
        };

    protected override Verdict Evaluate(Observation observation)
    {
        var use = observation.Planned;
        var shadowed = use.Behaviors.Where(behavior => !behavior.IsReached).ToList();
        return use.Behaviors.Count == 0 ? new Verdict.NotApplicable("no behavior targets it")
            : shadowed.Count == 0 ? new Verdict.Pass()
            : new Verdict.Fail(
                Evidence.Names(
                    shadowed.Select(behavior =>
                        $"{Evidence.Behavior(use.Distribution, behavior)} is shadowed by {Quoted.Text(behavior.ShadowedBy!)}"
                    )
                ) + (use.IsReached ? "" : "; the origin gets no requests")
            );
    }
}
