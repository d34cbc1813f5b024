using OriginWatch.Probing;

namespace OriginWatch.Rules.Reachability;

internal sealed class StillAnswersAsBefore : ConnectionRule
{
    public const string Id = "OW211";

    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = Id,
            Severity = Severity.High,
            Title = "Origins that were evaluated before should stay reachable",
            Fault = "Origin answered before and is silent now",
            Rationale = "What makes an origin silent to a probe (a firewall, a dead server, DNS trouble) may make it silent to CloudFront.",
            Remediation =
                "Request an object from CloudFront that it has not cached; "
                + "if it returns 502 or 504, check the origin's network and DNS first.",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-504-gateway-timeout.html"),
            JudgesConnecting = true,
        };

    protected override Verdict Evaluate(ProbeResult result, TargetObservation target, Observation observation) =>
        IsSettled(target, observation) ? new Verdict.NotApplicable("CloudFront's own answer decides")
        : observation.Prior is { Verdict: OriginVerdict.Accepts or OriginVerdict.Rejects, ByEdge: false } prior
        && Obstacles.MayBeOurs(result)
            ? new Verdict.Fail($"answered before, on {prior.JudgedAt:yyyy-MM-dd}, silent now: {((ProbeFailure)result).Detail}")
        : new Verdict.NotApplicable(
            observation.Prior is null ? "the origin was not evaluated before"
            : observation.Prior.ByEdge ? "only CloudFront's answer evaluated the origin before"
            : "the origin answers, or fails in a way that can be evaluated"
        );

    private static bool IsSettled(TargetObservation target, Observation observation) =>
        observation.Edge?.Sightings.Any(sighting => (sighting.IsReached || sighting.IsRejected) && sighting.Question.Name == target.Name)
        ?? false;
}
