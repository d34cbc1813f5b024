using OriginWatch.Edge;

namespace OriginWatch.Rules.Reachability;

internal sealed class CloudFrontGetsAnAnswer : EdgeRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW215",
            Severity = Severity.High,
            Title = "CloudFront should receive a response through every behavior",
            Fault = "CloudFront receives no response",
            Rationale =
                "CloudFront returns HTTP 504 to viewers when the origin does not respond in time, "
                + "and HTTP 502 for other failures between it and the origin.",
            Remediation =
                "Request a path of this behavior that exists. "
                + "If it fails too, check the origin's firewall, its load and its response time; "
                + "quote the request id to AWS Support.",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-504-gateway-timeout.html"),
            IsAboutEdge = true,
        };

    protected override Verdict Evaluate(EdgeSighting sighting, Observation observation) =>
        sighting.Outcome switch
        {
            _ when sighting is { IsFailing: true, IsConfirmation: true } => new Verdict.NotApplicable(
                "CloudFront confirms what the handshake found"
            ),
            { Last: { } last } when sighting.IsFailing => new Verdict.Fail(
                $"{last.Reason}, asked twice {EdgeWords.Through(sighting.Question)}{Limits(sighting.Question)}"
            ),
            { Last.IsFailure: true } or { Last: null } => new Verdict.NotApplicable("CloudFront's answer decides nothing here"),
            _ => new Verdict.Pass(),
        };

    private static string Limits(EdgeQuestion question) => question.Remarks.Count == 0 ? "" : $"; {EdgeWords.Limits(question)}";
}
