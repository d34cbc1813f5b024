using OriginWatch.Probing;
using OriginWatch.Rules.Reachability;
using OriginWatch.Tls;
using OriginWatch.Trust;

namespace OriginWatch.Rules.Readiness;

internal sealed class UsesHttpsWhereItCould : Rule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW501",
            Severity = Severity.Informational,
            Title = "CloudFront should use HTTPS with origins that are ready for it",
            Fault = "Origin is ready for HTTPS",
            Rationale = "An origin that is fetched over HTTP and is ready for HTTPS can be switched without an outage.",
            Remediation = "Set OriginProtocolPolicy to https-only, and invalidate what was fetched over HTTP.",
            Reference = new(
                "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html"
            ),
            SecurityHubControl = "CloudFront.9",
        };

    public override IEnumerable<Judgement> Judge(Observation observation) =>
        observation.Targets.Select(target => new Judgement(
            Metadata,
            target,
            observation.IsHttpOnly ? Evaluate(target) : new Verdict.NotApplicable("CloudFront already connects to this origin over HTTPS")
        ));

    private static Verdict Evaluate(TargetObservation target) =>
        target.Addresses.Select(address => address.Decisive.Last.Result).FirstOrDefault(result => !Obstacles.IsCertain(result))
            is { } unseen
            ? Obstacles.Consequence(unseen)
        : target
            .Addresses.Select(address => Obstacle(address.Decisive.Last, target.Name.Target.ServerName))
            .FirstOrDefault(obstacle => obstacle is not null)
            is { } obstacle
            ? new Verdict.Pass($"HTTPS on port {target.Name.Target.Port} would not work today: {obstacle}")
        : new Verdict.Fail($"served over HTTP only, but port {target.Name.Target.Port} is ready for HTTPS ({Evidence(target)})");

    /// <summary>What keeps CloudFront from using HTTPS at this address; null when nothing does.</summary>
    private static string? Obstacle(SeenAttempt seen, string serverName) =>
        seen switch
        {
            { Result: ProbeFailure failure } => failure.Detail,
            { Result.Seen.ClientCertificateRequested: true } => "the server requests a client certificate",
            {
                Chain:
                {
                    IsTrusted: true,
                    Diagnosis: ChainFaultKind.LeafNotFirst or ChainFaultKind.OutOfOrder or ChainFaultKind.TooManyCertificates
                } chain
            } => chain.Faults[0].Detail,
            { Chain.ServerCertificate: { } leaf, Chain.IsTrusted: true } => HostName.Match(leaf, serverName).IsMatch
                ? null
                : $"the certificate is not for {serverName}",
            { Chain: { Faults: [var fault, ..] } } => fault.Detail,
            _ => "no trusted certificate was seen",
        };

    private static string Evidence(TargetObservation target) =>
        string.Join(
            ", ",
            target
                .Addresses.Select(address => address.Decisive.Last.Result.Seen.Protocol?.CloudFrontName())
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)
        ) + ", trusted certificate for the name";
}
