using OriginWatch.Targets;

namespace OriginWatch.Rules.Configuration;

internal sealed class OriginCanAnswerToTheNameAskedFor : OriginRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW115",
            Severity = Severity.High,
            Title = "AWS endpoints should be requested under a name that they serve",
            Fault = "AWS endpoint does not serve the requested name",
            Rationale =
                "No public certificate covers a load balancer's default name, so HTTPS to it needs the viewer's Host; "
                + "function URLs and APIs reject every Host but their own.",
            Remediation =
                "Load balancer: forward Host, or use a domain name of your own as origin domain. "
                + "Function URL, API Gateway, media services: do not forward Host.",
            Reference = new(
                "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html"
            ),
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(Observation observation) =>
        observation.Planned switch
        {
            { Kind: OriginKind.Custom or OriginKind.Vpc } => new Verdict.NotApplicable("it is not such an endpoint"),
            { Kind: OriginKind.LoadBalancer } when observation.IsHttpOnly => new Verdict.NotApplicable(
                "CloudFront connects to this origin over HTTP only"
            ),
            { HostForwarding: HostForwarding.Unknown } => new Verdict.Undetermined("Host forwarding unknown", IsConsequence: true),
            { Kind: OriginKind.LoadBalancer } => LoadBalancer(observation),
            { HostForwarding: HostForwarding.NotForwarded, Kind: OriginKind.ApiGateway } use
                when OriginKinds.IsCustomDomainOfApi(use.Origin.DomainName) => new Verdict.Fail(
                $"Host is not forwarded, and {use.Origin.DomainName} is the endpoint of an API's custom domain name, "
                    + "which returns HTTP 403 for any Host but that domain name",
                Severity.Medium,
                "Forward Host and use the custom domain name as alternate domain name, "
                    + "or use the API's own endpoint (API-ID.execute-api.REGION.amazonaws.com) as origin domain."
            ),
            { HostForwarding: HostForwarding.NotForwarded } => new Verdict.Pass(),
            _ => ForwardedHost.Judge(observation),
        };

    /// <summary>A certificate that was seen speaks for itself.</summary>
    private static Verdict LoadBalancer(Observation observation)
    {
        var use = observation.Planned;
        return use.HostForwarding == HostForwarding.Forwarded ? new Verdict.Pass()
            : observation.Targets.Any(target =>
                target.Name.Role == ServerNameRole.OriginDomain && target.Addresses.Any(address => address.Decisive.Last.Chain is not null)
            )
                ? new Verdict.NotApplicable("the certificate that it sends under its own name was seen: OW304 evaluates it")
            : new Verdict.Fail(
                $"Host is not forwarded, so CloudFront requests {use.Origin.DomainName}, "
                    + $"and no public certificate covers a load balancer's default name ({use.HostForwardingReason})",
                Remediation: "Forward Host (managed origin request policy AllViewer, 216adef6-5c7f-47e4-b989-5492eafa07d3) with a "
                    + "certificate for the aliases on the load balancer, or point a name of your own at it and use that as "
                    + "origin domain."
            );
    }
}
