using OriginWatch.Edge;

namespace OriginWatch.Rules.Reachability;

internal sealed class HandshakeAndEdgeAgree : EdgeRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW217",
            Severity = Severity.High,
            Title = "The direct handshake and CloudFront should lead to the same verdict",
            Fault = "Handshake and CloudFront's answer disagree",
            Rationale = "Where both are certain and differ, CloudFront meets something else than this probe does, or will meet it soon.",
            Remediation =
                "Fix what failed; the other result does not clear it. "
                + "CloudFront may still use an open or resumed connection, made before the fault. "
                + "Regional DNS, an allow-list that serves another certificate, failover, "
                + "or a wrong model of CloudFront in OriginWatch explain it too.",
            Reference = new(
                "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html"
            ),
            IsAboutEdge = true,
        };

    protected override Verdict Evaluate(EdgeSighting sighting, Observation observation) =>
        sighting switch
        {
            { IsContradiction: true, Direct: OriginVerdict.Rejects, Outcome.Last: { } last } => new Verdict.Fail(
                $"the handshake was rejected, and {EdgeWords.ReachedAnywhere(last)}"
            ),
            { IsContradiction: true, Outcome.Last: { } last } => new Verdict.Fail($"the handshake was accepted, and {last.Reason}"),
            { IsReached: true } or { IsRejected: true } when sighting.Direct is OriginVerdict.Accepts or OriginVerdict.Rejects =>
                new Verdict.Pass(),
            _ => new Verdict.NotApplicable("one of the two is not certain"),
        };
}
