using OriginWatch.Inventory;
using OriginWatch.Text;

namespace OriginWatch.Rules.Configuration;

internal sealed class OriginIsUsed : OriginRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW109",
            Severity = Severity.Informational,
            Title = "Origins should be the target of a cache behavior",
            Fault = "No behavior targets this origin",
            Rationale =
                "CloudFront sends no requests to an origin that no behavior targets, unless an edge function selects it; "
                + "whoever registers its name later receives what is sent there by mistake.",
            Remediation = "Remove the origin from the distribution, or point a behavior to it.",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html"),
        };

    protected override Verdict Evaluate(Observation observation)
    {
        var use = observation.Planned;
        if (use.Behaviors.Count > 0)
        {
            return new Verdict.Pass();
        }

        var groups = use
            .Distribution.OriginGroups.Where(group => group.MemberOriginIds.Contains(use.Origin.Id, StringComparer.Ordinal))
            .Select(group => Quoted.Text(group.Id))
            .ToList();
        var hasFunctions = use
            .Distribution.CacheBehaviors.Append(use.Distribution.DefaultCacheBehavior)
            .Any(behavior => behavior.RequestFunctionArns.Count > 0);
        return new Verdict.Fail(
            (groups.Count == 0 ? "no behavior targets it" : $"it belongs to {Evidence.Names(groups)}, which no behavior targets")
                + (hasFunctions ? "; the distribution's edge functions may still select it" : "")
        );
    }
}
