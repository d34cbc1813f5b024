namespace OriginWatch.Rules.Configuration;

internal sealed class ErrorResponsesDoNotMaskTheOrigin : OriginRule
{
    /// <summary>What CloudFront answers when it cannot reach an origin.</summary>
    private static readonly int[] GatewayErrors = [502, 503, 504];

    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW111",
            Severity = Severity.Low,
            Title = "Custom error responses should not turn a failing origin into a success",
            Fault = "Custom error response hides a failing origin",
            Rationale =
                "A custom error response that returns another code for 502 or 504 hides a broken origin from monitoring, "
                + "from CloudFront's error rate and from search engines.",
            Remediation = "Keep the error page and remove the ResponseCode for 502, 503 and 504, or set it to the same code.",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/GeneratingCustomErrorResponses.html"),
        };

    /// <summary>It is a setting of the distribution; to be said once, it is said of the origin behind the default behavior.</summary>
    protected override Verdict Evaluate(Observation observation)
    {
        var use = observation.Planned;
        if (!use.Behaviors.Any(behavior => behavior.IsPrimary && ReferenceEquals(behavior.Behavior, use.Distribution.DefaultCacheBehavior)))
        {
            return new Verdict.NotApplicable("it is said of the default behavior's origin");
        }

        var masking = use
            .Distribution.CustomErrorResponses.Where(response => GatewayErrors.Contains(response.ErrorCode) && response.ResponseCode < 500)
            .Select(response => $"{response.ErrorCode} is returned as {response.ResponseCode}")
            .ToList();
        return masking.Count > 0 ? new Verdict.Fail(Evidence.Names(masking)) : new Verdict.Pass();
    }
}
