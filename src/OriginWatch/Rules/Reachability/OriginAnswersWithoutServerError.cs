using System.Globalization;

namespace OriginWatch.Rules.Reachability;

internal sealed class OriginAnswersWithoutServerError : EdgeRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW216",
            Severity = Severity.High,
            Title = "The origin should not answer CloudFront with a server error",
            Fault = "Origin returns server errors",
            Rationale = "CloudFront reaches the origin and passes its own HTTP 5xx on to viewers.",
            Remediation = "Check the application behind the origin: request the same path from it directly and read its error log.",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-500-internal-server-error.html"),
            IsAboutEdge = true,
        };

    protected override Verdict Evaluate(EdgeSighting sighting, Observation observation) =>
        sighting.Outcome switch
        {
            { Last: { } last } when sighting.IsServerError => new Verdict.Fail(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the origin returns HTTP {last.Status} for an unknown path, asked twice {EdgeWords.Through(sighting.Question)}"
                )
            ),
            { First: { IsServerError: true } first, Second: null } => new Verdict.Undetermined(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the origin returned HTTP {first.Status}; seen once, there was no time to ask again"
                )
            ),
            { Last.Kind: Edge.EdgeAnswerKind.Reached } => new Verdict.Pass(),
            _ => new Verdict.NotApplicable("no answer of the origin was seen through CloudFront"),
        };
}
