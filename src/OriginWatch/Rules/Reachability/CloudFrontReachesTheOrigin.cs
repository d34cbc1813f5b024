using OriginWatch.Edge;

namespace OriginWatch.Rules.Reachability;

internal sealed class CloudFrontReachesTheOrigin : EdgeRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW214",
            Severity = Severity.Critical,
            Title = "CloudFront should be able to connect to the origin",
            Fault = "CloudFront cannot connect to the origin",
            Rationale =
                "CloudFront returns HTTP 502 to viewers when it cannot resolve the origin domain or connect to the origin, "
                + "or when the TLS handshake fails.",
            Remediation =
                "Admit CloudFront's addresses (managed prefix list com.amazonaws.global.cloudfront.origin-facing), "
                + "and check DNS and certificate of the origin.",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html"),
            IsAboutEdge = true,
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(EdgeSighting sighting, Observation observation) =>
        sighting.Outcome switch
        {
            { First: null } => new Verdict.Undetermined("there was no request to CloudFront in time", IsConsequence: true),
            _ when sighting is { IsRejected: true, IsConfirmation: true } => new Verdict.NotApplicable(
                "CloudFront confirms what the handshake found"
            ),
            { First: { } first } when sighting.IsRejected => new Verdict.Fail(
                first.Reason,
                Remediation: EdgeWords.Remedy(first, sighting, observation)
            ),
            { First: { IsFailure: true } first, Second: null } => new Verdict.Undetermined(
                $"{first.Reason}; seen once, there was no time to ask again",
                IsConsequence: sighting.Direct != OriginVerdict.NotProbed
            ),
            { First: { IsFailure: true } first, Second: { } second } when sighting.IsReached => new Verdict.Fail(
                $"{AddressVote.Intermittent}{first.Reason}; asked again, {EdgeWords.ReachedAnywhere(second)}",
                Severity.Medium
            ),
            { Last: { } last } when sighting.IsReached => new Verdict.Pass(Remark(sighting, last)),
            { Last: { } last } when sighting.Question.JudgesOrigin || last.Kind != EdgeAnswerKind.Reached => new Verdict.Undetermined(
                last.Reason,
                IsConsequence: true
            ),
            { Last: { } last } => new Verdict.Undetermined($"{last.Reason}, {EdgeWords.Limits(sighting.Question)}", IsConsequence: true),
            _ => new Verdict.Undetermined("CloudFront gave no answer", IsConsequence: true),
        };

    /// <summary>Worth saying where nothing else could be said of the origin.</summary>
    private static string? Remark(EdgeSighting sighting, EdgeAnswer last) =>
        sighting.Direct == OriginVerdict.Accepts ? null : string.Join("; ", sighting.Question.Remarks.Prepend(EdgeWords.Reached(last)));
}
