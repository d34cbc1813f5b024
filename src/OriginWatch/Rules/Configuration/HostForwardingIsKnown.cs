using OriginWatch.Targets;
using OriginWatch.Text;

namespace OriginWatch.Rules.Configuration;

internal sealed class HostForwardingIsKnown : OriginRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW114",
            Severity = Severity.Low,
            Title = "It should be known whether the viewer's Host header reaches the origin",
            Fault = "It is not known whether Host is forwarded",
            Rationale =
                "The Host header decides which name CloudFront requests from the origin. "
                + "Without the policy both names are probed, and where they differ the origin cannot be evaluated.",
            Remediation =
                "Allow cloudfront:GetCachePolicy and cloudfront:GetOriginRequestPolicy, "
                + "or append the policy to the saved listing: "
                + "'aws cloudfront get-cache-policy --id POLICY_ID >> listing.json' (or get-origin-request-policy).",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-origin-requests.html"),
        };

    protected override Verdict Evaluate(Observation observation) =>
        observation.Planned switch
        {
            { NotProbedBecause: not null } => new Verdict.NotApplicable("it is not probed"),
            { HostForwarding: HostForwarding.Unknown } use => new Verdict.Fail($"Host forwarding unknown: {use.HostForwardingReason}"),
            _ => new Verdict.Pass(),
        };

    /// <summary>How to find out what <paramref name="planned"/> leaves open: the policy by its id, where one could not be read.</summary>
    public static string ToJudge(PlannedOrigin planned)
    {
        var unread = planned
            .Behaviors.Where(use => use.IsReached)
            .SelectMany(use =>
                new[]
                {
                    (Command: "get-origin-request-policy", Id: use.Behavior.OriginRequestPolicyId),
                    (Command: "get-cache-policy", Id: use.Behavior.CachePolicyId),
                }
            )
            .FirstOrDefault(policy =>
                policy.Id is { } id && planned.HostForwardingReason.Contains(Quoted.Text(id), StringComparison.Ordinal)
            );
        const string Account =
            "scan the account with credentials that allow cloudfront:GetCachePolicy and cloudfront:GetOriginRequestPolicy";
        return unread.Id is { } id
            ? $"Read the policy: 'aws cloudfront {unread.Command} --id {Remedy.Plain(id, "POLICY_ID")}' shows whether "
                + $"it forwards Host. To let OriginWatch read it, append that output to the saved listing, or {Account}."
            : $"Find out whether Host is forwarded: {Account}.";
    }
}
