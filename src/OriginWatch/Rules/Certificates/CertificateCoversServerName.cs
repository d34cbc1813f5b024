using System.Globalization;
using OriginWatch.Names;
using OriginWatch.Rules.Chains;
using OriginWatch.Rules.Configuration;
using OriginWatch.Rules.Reachability;
using OriginWatch.Targets;
using OriginWatch.Text;
using OriginWatch.Trust;

namespace OriginWatch.Rules.Certificates;

/// <summary>
/// AWS's pages disagree on which name must match while the viewer's Host is forwarded: the troubleshooting page takes the origin domain or
/// the forwarded name,
/// the reference page of origin settings wants the forwarded name. So three answers: the forwarded name, only the origin domain, neither.
/// </summary>
internal sealed class CertificateCoversServerName : CertificateRule
{
    private const int NamesShown = 3;

    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW304",
            Severity = Severity.Critical,
            Title = "Origin certificates should cover the name that CloudFront requests",
            Fault = "Certificate does not cover the requested name",
            Rationale =
                "CloudFront returns HTTP 502 when the certificate covers neither the origin domain nor, "
                + "where a behavior forwards it, the viewer's Host header.",
            Remediation =
                "Install a certificate for the name that CloudFront requests, "
                + "or set the origin domain to a name that the certificate covers.",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html"),
            RejectsTraffic = true,
        };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation) =>
        chain.IfReadable(leaf => Weighed(Judge(leaf, target, observation.Planned), leaf, target.Name.Target.ServerName));

    /// <summary>What s2n-tls alone refuses is High at most: whether CloudFront runs its defaults is not published.</summary>
    private static Verdict Weighed(Verdict verdict, ServedCertificate leaf, string asked) =>
        verdict is Verdict.Fail fail && OpenSslHostName.AloneMatches(leaf, asked)
            ? fail with
            {
                Detail = $"{fail.Detail} ({FaultVerdict.AmazonAlone})",
                Severity = fail.Severity ?? Severity.High,
            }
            : verdict;

    private static Verdict Judge(ServedCertificate leaf, TargetObservation target, PlannedOrigin planned)
    {
        var (asked, originDomain) = (target.Name.Target.ServerName, target.Name.Target.DomainName);
        var match = HostName.Match(leaf, asked);
        if (match.IsMatch)
        {
            return new Verdict.Pass(match.Remark);
        }

        var isViewers = HostRemedy.IsViewersName(target.Name.Role);
        if (isViewers && HostName.Match(leaf, originDomain).IsMatch)
        {
            return new Verdict.Fail(
                $"it covers only the origin domain {originDomain}, not {asked}, "
                    + "which CloudFront forwards as Host and requests; AWS's pages disagree whether that is enough",
                Severity.Medium,
                $"{HostRemedy.ForwardAllButHost} Or install a certificate that covers the viewers' names too."
            );
        }

        var detail = DefaultCertificates.ProductOf(leaf) is { } product
            ? $"it is the default certificate of {product} ({NamesOf(leaf)}), which is sent where no site is set up for a name; "
                + $"{asked} has none"
            : $"it is for {NamesOf(leaf)}, not for {asked}";
        return isViewers ? OfViewersName(detail, target, planned) : new Verdict.Fail(detail, Remediation: OfOriginDomain(asked));
    }

    private static Verdict.Fail OfViewersName(string detail, TargetObservation target, PlannedOrigin planned)
    {
        var domain = target.Name.Target.DomainName;
        return UnderOwnName(target) switch
        {
            null => new(
                detail,
                Remediation: UncertifiableNames.OwnerOf(domain) is null
                    ? "Install a certificate for the viewers' names (the alternate domain names), "
                        + $"or stop forwarding Host to this origin once it has a certificate for {domain}."
                    : HostRemedy.ServeViewersNames
            ),
            { } own when ServerNameRefusal.WhyNotEnough(own, domain) is { } because => new(
                $"{detail}; under {domain}, the origin's own name, it is no better: {because}",
                Remediation: HostRemedy.ServeViewersNames
            ),
            _ => new(
                $"{detail}; under {domain}, the origin's own name, the certificate is good",
                Remediation: HostRemedy.StopForwarding(planned)
            ),
        };
    }

    private static SeenAttempt? UnderOwnName(TargetObservation target) =>
        target
            .UnderOwnName.Select(address => address.Decisive.Last)
            .OrderBy(attempt => attempt.Chain?.IsTrusted is true)
            .FirstOrDefault(attempt => attempt.Chain is not null);

    private static string? OfOriginDomain(string domain) =>
        UncertifiableNames.OwnerOf(domain) is { } owner
            ? "Use a name of your own domain as origin domain: "
                + "point it at this origin (CNAME or alias record) and install a certificate for it. "
                + $"Public CAs do not certify names that belong to {owner} for anybody else. "
                + "Or forward Host and install a certificate for the viewers' names."
            : null;

    private static string NamesOf(ServedCertificate leaf)
    {
        IReadOnlyList<string> names = [.. leaf.DnsNames.Concat(leaf.IpAddresses).Select(Describe.Name)];
        return names.Count switch
        {
            0 => leaf.CommonName is { } commonName ? $"the common name {Describe.Name(commonName)} alone" : "no name at all",
            <= NamesShown => string.Join(", ", names),
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"{string.Join(", ", names.Take(NamesShown))} and {names.Count - NamesShown} more"
            ),
        };
    }
}
