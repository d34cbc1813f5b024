using System.Globalization;
using OriginWatch.Rules.Chains;
using OriginWatch.Targets;
using OriginWatch.Text;
using OriginWatch.Trust;

namespace OriginWatch.Rules.Certificates;

/// <summary>
/// AWS's pages disagree on which name must match while the viewer's Host is forwarded: the troubleshooting page takes the origin domain or the forwarded name,
/// the reference page of origin settings wants the forwarded name. So three answers: the forwarded name, only the origin domain, neither.
/// </summary>
internal sealed class CertificateCoversServerName : CertificateRule
{
    private const string LoadBalancerSuffix = ".elb.amazonaws.com";
    private const int NamesShown = 3;

    public override RuleMetadata Metadata { get; } = new()
    {
        Id = "OW304",
        Severity = Severity.Critical,
        Title = "The origin's certificate covers the name that CloudFront asks for",
        Rationale = "CloudFront answers 502 when the certificate covers neither the origin's domain name nor, where the behaviour forwards it, the viewer's Host header.",
        Remediation = "Install a certificate for the name that CloudFront asks for, or set the origin's domain name to one that the certificate covers.",
        Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html"),
        RejectsTraffic = true,
    };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation)
        => chain.IfReadable(leaf => Judge(leaf, target.Name, observation.Planned.Origin.DomainName));

    private static Verdict Judge(ServedCertificate leaf, PlannedName name, string originDomain)
    {
        var asked = name.Target.ServerName;
        var match = HostName.Match(leaf, asked);
        if (match.IsMatch)
        {
            return new Verdict.Pass(match.Remark);
        }

        if (name.Role != ServerNameRole.OriginDomain && HostName.Match(leaf, originDomain).IsMatch)
        {
            return new Verdict.Fail(
                $"it covers only the origin domain {originDomain}, not {asked}, which CloudFront forwards as Host and asks for; AWS's pages disagree whether that is enough",
                Severity.Medium,
                $"Install a certificate that covers {asked} too, or stop forwarding Host to this origin.");
        }

        return new Verdict.Fail($"it is for {NamesOf(leaf)}, not for {asked}", Remediation: RemedyFor(asked, originDomain));
    }

    private static string? RemedyFor(string asked, string originDomain)
        => asked.EndsWith(LoadBalancerSuffix, StringComparison.OrdinalIgnoreCase)
            ? $"No public CA issues certificates for names under {LoadBalancerSuffix[1..]}, which belong to AWS. Give the load balancer a name of your own domain (CNAME or alias record), make that the origin's domain name instead of {originDomain}, and install a certificate for it from AWS Certificate Manager; or forward Host and install a certificate for the viewers' names."
            : null;

    private static string NamesOf(ServedCertificate leaf)
    {
        IReadOnlyList<string> names = [.. leaf.DnsNames.Concat(leaf.IpAddresses).Select(Describe.Name)];
        return names.Count switch
        {
            0 => leaf.CommonName is { } commonName ? $"the common name {Describe.Name(commonName)} alone" : "no name at all",
            <= NamesShown => string.Join(", ", names),
            _ => string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(NamesShown))} and {names.Count - NamesShown} more"),
        };
    }
}
