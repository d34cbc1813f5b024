using OriginWatch.Targets;

namespace OriginWatch.Rules.Configuration;

internal sealed class OriginCanAnswerToTheNameAskedFor : OriginRule
{
    public override RuleMetadata Metadata { get; } = new()
    {
        Id = "OW115",
        Severity = Severity.High,
        Title = "An AWS endpoint is asked for a name that it can answer to",
        Rationale = "No public certificate covers a load balancer's default name, so HTTPS to it needs the viewer's Host; function URLs and APIs refuse every Host but their own.",
        Remediation = "Load balancer: forward Host, or use a domain name of your own as origin domain. Function URL, API Gateway, media services: do not forward Host.",
        Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html"),
    };

    protected override Verdict Evaluate(Observation observation)
    {
        var use = observation.Planned;
        var forwards = use.HostForwarding is HostForwarding.Forwarded or HostForwarding.Both;
        return use.Kind switch
        {
            OriginKind.LoadBalancer when observation.IsHttpOnly => new Verdict.NotApplicable("CloudFront reaches this origin over HTTP only"),
            OriginKind.LoadBalancer when use.HostForwarding is HostForwarding.NotForwarded or HostForwarding.Both => new Verdict.Fail(
                $"Host is not forwarded, so CloudFront asks for {use.Origin.DomainName}, and no public certificate covers a name under elb.amazonaws.com ({use.HostForwardingReason})",
                Remediation: "Forward Host (managed origin request policy AllViewer, 216adef6-5c7f-47e4-b989-5492eafa07d3) with a certificate for the aliases on the load balancer, or point a name of your own at it and use that as origin domain."),
            OriginKind.LambdaUrl when forwards => new Verdict.Fail($"Host is forwarded, and a function URL answers 403 to any Host but its own ({use.HostForwardingReason})", Remediation: HostRemedy.ForwardAllButHost),
            OriginKind.ApiGateway or OriginKind.Media when forwards => new Verdict.Fail($"Host is forwarded, and the endpoint refuses a Host that is not its own or a custom domain set up there ({use.HostForwardingReason})", Severity.Medium, HostRemedy.ForwardAllButHost),
            OriginKind.LoadBalancer or OriginKind.LambdaUrl or OriginKind.ApiGateway or OriginKind.Media when use.HostForwarding is HostForwarding.Unknown => new Verdict.Undetermined("Host forwarding unknown", IsConsequence: true),
            OriginKind.LoadBalancer or OriginKind.LambdaUrl or OriginKind.ApiGateway or OriginKind.Media => new Verdict.Pass(),
            _ => new Verdict.NotApplicable("it is not such an endpoint"),
        };
    }
}
