using System.Net;
using OriginWatch.Names;
using OriginWatch.Targets;

namespace OriginWatch.Rules.Configuration;

/// <summary>
/// A request that comes back to the distribution that sent it is never answered by a server. CloudFront ends such loops itself; with which
/// status is not documented.
/// </summary>
internal sealed class OriginDoesNotLeadBack : OriginRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW118",
            Severity = Severity.High,
            Title = "Origin domains should not lead back to the distribution",
            Fault = "Origin domain leads back to CloudFront",
            Rationale =
                "Where an origin domain is a name of the distribution itself, "
                + "CloudFront sends requests to itself instead of to a server, and viewers get an error.",
            Remediation =
                "Set the origin domain to a name of the server itself (a load balancer, a bucket, "
                + "a host) that does not lead to CloudFront.",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesOrigin.html"),
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(Observation observation)
    {
        var use = observation.Planned;
        if (use.Kind is OriginKind.S3 or OriginKind.S3Website or OriginKind.Vpc || use.Origin.HasTenantParameters)
        {
            return new Verdict.NotApplicable("its domain name cannot be a distribution's");
        }

        var domain = ServerNames.Normalize(use.Origin.DomainName);
        var isDistributionsName = use.Kind == OriginKind.CloudFront;
        return isDistributionsName || IsAtCloudFront(observation) ? AtCloudFront(use, domain, isDistributionsName)
            : use.LeadsTo is { } own && ReferenceEquals(own, use.Distribution)
                ? new Verdict.Fail(
                    $"{domain} is an alternate domain name of this distribution: "
                        + "once DNS leads it to CloudFront, requests come back to the distribution",
                    Severity.Informational
                )
            : new Verdict.Pass();
    }

    private static Verdict.Fail AtCloudFront(PlannedOrigin use, string domain, bool isDistributionsName)
    {
        var how = isDistributionsName ? "" : ", and DNS leads it to CloudFront";
        var forwards = use.HostForwarding is HostForwarding.Forwarded or HostForwarding.Both;
        return use switch
        {
            _ when IsOwn(use, domain) => new Verdict.Fail($"{domain} is a name of this distribution{how}: requests come back to it"),
            { LeadsTo: { } other, LeadsBack: true } => new Verdict.Fail(
                $"{domain} is a name of distribution {other.Id}{how}, whose origins lead back to this one"
            ),
            _ when forwards && !isDistributionsName => new Verdict.Fail(
                $"DNS leads {domain} to CloudFront, and Host is forwarded: "
                    + "CloudFront treats the request as one for this distribution again",
                Remediation: HostRemedy.ForwardAllButHost
            ),
            { LeadsTo: { } other } => new Verdict.Fail(
                $"{domain} is a name of distribution {other.Id}{how}: a distribution behind a distribution, which does not lead back",
                Severity.Informational
            ),
            _ => new Verdict.Fail(
                $"{domain} leads to a distribution that is not in this inventory: "
                    + "a distribution behind a distribution; whether it leads back was not seen",
                Severity.Informational
            ),
        };
    }

    /// <summary>A name under a wildcard counts too, once DNS leads it to CloudFront.</summary>
    private static bool IsOwn(PlannedOrigin use, string domain) =>
        ReferenceEquals(use.LeadsTo, use.Distribution)
        || use.Distribution.Aliases.Select(ServerNames.Normalize)
            .Any(alias => ServerNames.IsWildcard(alias) && domain.EndsWith(alias[1..], StringComparison.Ordinal));

    private static bool IsAtCloudFront(Observation observation) =>
        observation
            .Targets.SelectMany(target => target.Addresses)
            .Concat(observation.Http.SelectMany(http => http.Addresses))
            .Select(address => address.Address)
            .OfType<IPAddress>()
            .Any(CloudFrontAddresses.Contains);
}
