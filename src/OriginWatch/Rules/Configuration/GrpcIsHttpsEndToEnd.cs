using OriginWatch.Inventory;
using OriginWatch.Targets;

namespace OriginWatch.Rules.Configuration;

internal sealed class GrpcIsHttpsEndToEnd : OriginRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW107",
            Severity = Severity.High,
            Title = "gRPC behaviors should use HTTPS from viewer to origin",
            Fault = "gRPC does not use HTTPS end to end",
            Rationale =
                "CloudFront forwards gRPC only over HTTP/2 and HTTPS end to end; "
                + "VPC origins and origins with mutual TLS do not support it.",
            Remediation =
                "Set the origin's OriginProtocolPolicy to https-only and the behavior's ViewerProtocolPolicy to https-only, "
                + "or turn gRPC off.",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-using-grpc.html"),
        };

    protected override Verdict Evaluate(Observation observation)
    {
        var use = observation.Planned;
        var grpc = use.Behaviors.Where(behavior => behavior.IsReached && behavior.Behavior.GrpcEnabled).ToList();
        if (grpc.Count == 0)
        {
            return new Verdict.NotApplicable("no behavior with gRPC reaches it");
        }

        var behaviors = Evidence.Behaviors(use, grpc);
        return WhyNever(use) is { } never
                ? new Verdict.Fail(
                    $"gRPC is enabled for {behaviors}, but {never}",
                    Remediation: $"Turn gRPC off for {behaviors}, or send it to a custom origin that is reached over HTTPS."
                )
            : WhyNotNow(use, grpc) is { } now ? new Verdict.Fail($"gRPC is enabled for {behaviors}, but {now}")
            : new Verdict.Pass();
    }

    private static string? WhyNever(PlannedOrigin use) =>
        use switch
        {
            { Kind: OriginKind.Vpc } => "VPC origins cannot have it",
            { Kind: OriginKind.S3 or OriginKind.S3Website } => "S3 does not support it",
            { Origin.CustomOriginConfig.HasOriginMtls: true } => "origins with mutual TLS cannot have it",
            _ => null,
        };

    private static string? WhyNotNow(PlannedOrigin use, List<BehaviorUse> grpc) =>
        use.OriginProtocolPolicy switch
        {
            { } policy when policy == OriginProtocolPolicy.HttpOnly => "OriginProtocolPolicy is http-only",
            { } policy
                when policy == OriginProtocolPolicy.MatchViewer
                    && grpc.Exists(behavior => behavior.Behavior.ViewerProtocolPolicy == ViewerProtocolPolicy.AllowAll) =>
                "OriginProtocolPolicy is match-viewer and viewers may use HTTP (allow-all)",
            _ => null,
        };
}
