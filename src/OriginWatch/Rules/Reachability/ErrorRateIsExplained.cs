namespace OriginWatch.Rules.Reachability;

/// <summary>
/// CloudFront's own error rate beside the verdict. The numbers are the distribution's, so the answer needs the verdicts of all its origins:
/// <see cref="TrafficJudge"/> gives it, and this rule only says why there is none.
/// </summary>
internal sealed class ErrorRateIsExplained : OriginRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW213",
            Severity = Severity.Medium,
            IsAboutEdge = true,
            Title = "Errors that CloudFront returns to viewers should be explained by what was found",
            Fault = "CloudFront returns errors that no finding explains",
            Rationale =
                "CloudFront counts the HTTP 502 that viewers get. "
                + "Where the handshake succeeds and they get it nevertheless, something else fails: "
                + "an edge function, a timeout, another address of the origin.",
            Remediation =
                "Look at edge functions, origin timeouts and kept connections; "
                + "CloudFront's access logs name the requests (x-edge-detailed-result-type).",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/viewing-cloudfront-metrics.html"),
        };

    protected override Verdict Evaluate(Observation observation) =>
        new Verdict.NotApplicable("CloudFront's metrics were not read for this distribution, or it had fewer than 100 requests");
}
