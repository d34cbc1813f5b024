using OriginWatch.Probing;

namespace OriginWatch.Rules.Reachability;

internal sealed class StillAnswersAsBefore : ConnectionRule
{
    public override RuleMetadata Metadata { get; } = new()
    {
        Id = "OW211",
        Severity = Severity.High,
        Title = "An origin that was judged before can still be judged from here",
        Rationale = "What makes an origin silent towards a probe (a firewall, a dead server, DNS trouble) may make it silent towards CloudFront.",
        Remediation = "Ask CloudFront for an object that it has not cached; if it answers 502 or 504, start with the origin's network and DNS.",
        Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-504-gateway-timeout.html"),
        JudgesConnecting = true,
    };

    protected override Verdict Evaluate(ProbeResult result, TargetObservation target, Observation observation)
        => IsSettled(target, observation) ? new Verdict.NotApplicable("CloudFront's own answer tells what it meets")
            : observation.Prior is { Verdict: OriginVerdict.Accepts or OriginVerdict.Rejects } prior && Obstacles.MayBeOurs(result)
            ? new Verdict.Fail($"answered before, on {prior.JudgedAt:yyyy-MM-dd}, silent now: {((ProbeFailure)result).Detail}")
            : new Verdict.NotApplicable(observation.Prior is null ? "the origin was not judged before" : "the origin answers, or fails in a way that can be judged");

    private static bool IsSettled(TargetObservation target, Observation observation)
        => observation.Edge?.Sightings.Any(sighting => (sighting.IsReached || sighting.IsRejected) && sighting.Question.Name == target.Name) ?? false;
}
