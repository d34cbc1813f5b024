using OriginWatch.Inventory;
using OriginWatch.Targets;
using OriginWatch.Text;

namespace OriginWatch.Rules.Configuration;

internal sealed class MatchViewerIsReachedOverHttpsOnly : OriginRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW102",
            Severity = Severity.High,
            Title = "Match-viewer origins should only be fetched over HTTPS",
            Fault = "Viewers can make CloudFront connect over HTTP",
            Rationale =
                "With match-viewer CloudFront uses the viewer's protocol: "
                + "one behavior that allows HTTP is enough, "
                + "and what was fetched over HTTP (unencrypted) is served to HTTPS viewers too.",
            Remediation =
                "Set the origin's OriginProtocolPolicy to https-only, "
                + "or the behaviors' ViewerProtocolPolicy to redirect-to-https, then invalidate.",
            Reference = new(
                "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html"
            ),
            Topic = RuleTopic.ClearText,
            SecurityHubControl = "CloudFront.9",
        };

    protected override Verdict Evaluate(Observation observation) =>
        OriginConnection.Judge(
            observation.Planned,
            connection =>
            {
                if (connection.Policy != OriginProtocolPolicy.MatchViewer)
                {
                    return new Verdict.NotApplicable($"OriginProtocolPolicy is {connection.Policy}");
                }

                var use = observation.Planned;
                return use.AllowingHttp is { Count: > 0 } allowAll
                        ? new Verdict.Fail(
                            $"OriginProtocolPolicy is match-viewer and {Evidence.Behaviors(use, allowAll)} "
                                + $"{(allowAll.Count == 1 ? "allows" : "allow")} HTTP (allow-all)",
                            connection.ClearTextSeverity,
                            Remedy.Set(
                                use,
                                "Set OriginProtocolPolicy to https-only (or ViewerProtocolPolicy of "
                                    + $"{Evidence.Behaviors(use, allowAll)} to redirect-to-https), and invalidate what was "
                                    + "fetched over HTTP.",
                                Setting.HttpsOnly,
                                invalidate: true
                            )
                        )
                    : UnknownPolicy(use) is { } unknown
                        ? new Verdict.Undetermined(
                            $"ViewerProtocolPolicy of {Evidence.Behavior(use.Distribution, unknown)} has the unknown "
                                + $"value {Quoted.Text(unknown.Behavior.ViewerProtocolPolicy.Value)}",
                            Remediation: Remedy.Update
                        )
                    : new Verdict.Pass();
            }
        );

    private static BehaviorUse? UnknownPolicy(PlannedOrigin use) =>
        use.Behaviors.FirstOrDefault(behavior => behavior.IsReached && !behavior.Behavior.ViewerProtocolPolicy.IsKnown);
}
