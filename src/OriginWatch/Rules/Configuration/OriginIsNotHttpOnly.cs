using OriginWatch.Inventory;
using OriginWatch.Text;

namespace OriginWatch.Rules.Configuration;

internal sealed class OriginIsNotHttpOnly : OriginRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW101",
            Severity = Severity.High,
            Title = "CloudFront should connect to origins over HTTPS",
            Fault = "CloudFront connects over HTTP",
            Rationale = "With http-only CloudFront fetches every object over HTTP (unencrypted), also for viewers who use HTTPS.",
            Remediation =
                "Set the origin's OriginProtocolPolicy to https-only once the origin serves HTTPS, "
                + "then invalidate what was fetched over HTTP.",
            Reference = new(
                "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html"
            ),
            Topic = RuleTopic.ClearText,
            SecurityHubControl = "CloudFront.9",
        };

    /// <summary>This rule alone says that settings could not be read; for the others it is a consequence.</summary>
    protected override Verdict Evaluate(Observation observation)
    {
        var verdict = OfPolicy(observation);
        return verdict is Verdict.Undetermined undetermined ? undetermined with { IsConsequence = false } : verdict;
    }

    private static Verdict OfPolicy(Observation observation) =>
        OriginConnection.Judge(
            observation.Planned,
            connection =>
                connection.IsHttpOnly
                    ? new Verdict.Fail(
                        $"OriginProtocolPolicy is http-only; reached by {Reached(observation)}",
                        connection.ClearTextSeverity,
                        Remedy.Set(
                            observation.Planned,
                            "Set OriginProtocolPolicy to https-only once the origin serves HTTPS on port "
                                + $"{connection.HttpsPort}, and invalidate what was fetched over HTTP.",
                            Setting.HttpsOnly,
                            invalidate: true
                        )
                    )
                : connection.Policy.IsKnown ? new Verdict.Pass()
                : new Verdict.Undetermined(
                    $"OriginProtocolPolicy has the unknown value {Quoted.Text(connection.Policy.Value)}",
                    Remediation: Remedy.Update
                )
        );

    private static string Reached(Observation observation) =>
        observation.Planned.IsReached
            ? Evidence.Behaviors(observation.Planned, observation.Planned.Behaviors.Where(behavior => behavior.IsReached))
            : "no behavior";
}
