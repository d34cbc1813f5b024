using OriginWatch.Inventory;
using OriginWatch.Text;

namespace OriginWatch.Rules.Configuration;

internal sealed class OriginIsUsed : OriginRule
{
    public override RuleMetadata Metadata { get; } = new()
    {
        Id = "OW109",
        Severity = Severity.Informational,
        Title = "A cache behaviour names the origin",
        Rationale = "CloudFront sends an origin that no behaviour names nothing, unless an edge function selects it; whoever takes over its name later gets whatever is sent there by mistake.",
        Remediation = "Remove the origin from the distribution, or point a behaviour at it.",
        Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html"),
    };

    protected override Verdict Evaluate(Observation observation)
    {
        var use = observation.Planned;
        if (use.Behaviors.Count > 0)
        {
            return new Verdict.Pass();
        }

        var groups = use.Distribution.OriginGroups.Where(group => group.MemberOriginIds.Contains(use.Origin.Id, StringComparer.Ordinal)).Select(group => Quoted.Text(group.Id)).ToList();
        var hasFunctions = use.Distribution.CacheBehaviors.Append(use.Distribution.DefaultCacheBehavior).Any(behavior => behavior.RequestFunctionArns.Count > 0);
        return new Verdict.Fail(
            (groups.Count == 0 ? "no behaviour names it" : $"it belongs to {Evidence.Names(groups)}, which no behaviour names")
            + (hasFunctions ? "; the distribution's edge functions may still select it" : ""));
    }
}
