using OriginWatch.Probing;
using OriginWatch.Rules.Configuration;
using OriginWatch.Targets;
using OriginWatch.Tls;

namespace OriginWatch.Rules.Reachability;

internal sealed class AcceptsTheServerName : ConnectionRule
{
    private const string ServeOriginDomain =
        "Add a site and a certificate for the origin domain to the server, "
        + "or set the origin domain to a name that the server has a site for.";

    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW218",
            Severity = Severity.Critical,
            Title = "Origins should accept the server name that CloudFront sends",
            Fault = "Origin rejects the server name that CloudFront sends",
            Rationale =
                "Where a behavior forwards the viewer's Host header, CloudFront sends that name as SNI. "
                + "A server without a site for it ends the handshake, and CloudFront returns HTTP 502.",
            Remediation = "Add a site and a certificate for the requested name to the server, or stop forwarding Host to this origin.",
            Reference = new(
                "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html"
            ),
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(ProbeResult result, TargetObservation target, Observation observation) =>
        result switch
        {
            ProbeFailure failure when Obstacles.Of(failure, target) == Obstacle.ServerName => Refused(failure, target, observation.Planned),
            ProbeFailure { Seen: { Chain.Count: 0, ClientCertificateRequested: false } } => Obstacles.Consequence(result),
            _ when AmazonAlone.Warning(result) is { Number: TlsAlerts.UnrecognizedName } => Warned(target),
            _ => new Verdict.Pass(),
        };

    private static Verdict.Fail Warned(TargetObservation target)
    {
        var (asked, domain) = (target.Name.Target.ServerName, target.Name.Target.DomainName);
        return new(
            $"the server sends alert {TlsAlerts.UnrecognizedName} (unrecognized_name) as a warning under the name "
                + $"{asked} and continues ({AmazonAlone.EndsAtAlerts})",
            Severity.High,
            asked == domain ? ServeOriginDomain : null
        );
    }

    private static Verdict.Fail Refused(ProbeFailure failure, TargetObservation target, PlannedOrigin planned)
    {
        var (asked, domain) = (target.Name.Target.ServerName, target.Name.Target.DomainName);
        var refusal = $"the server ends the handshake under the name {asked} ({ServerNameRefusal.Evidence(failure)})";
        if (asked == domain)
        {
            return new(refusal, Remediation: ServeOriginDomain);
        }

        return ServerNameRefusal.OwnName(failure, target) is not { } own
                ? new(
                    $"{refusal}{(target.UnderOwnName.Count > 0 ? $", and under {domain}, the origin's own name, too" : "")}",
                    Remediation: HostRemedy.ServeEither(domain)
                )
            : ServerNameRefusal.WhyNotEnough(own, domain) is { } because
                ? new(
                    $"{refusal}; under {domain}, the origin's own name, it continues, but {because}",
                    Remediation: HostRemedy.ServeViewersNames
                )
            : new(
                $"{refusal}; under {domain}, the origin's own name, the handshake and the certificate are good",
                Remediation: HostRemedy.StopForwarding(planned)
            );
    }
}
