using OriginWatch.Trust;

namespace OriginWatch.Rules.Chains;

internal sealed class RootStaysTrusted : CertificateRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW404",
            Severity = Severity.Critical,
            Title = "Roots should be trusted for what they issue now",
            Fault = "Mozilla no longer trusts new certificates of this root",
            Rationale =
                "Mozilla distrusts a root from a date on: "
                + "certificates issued after it are not trusted, and the next renewal will be one of them. "
                + "CloudFront follows Mozilla's list.",
            Remediation = "Have the next certificate issued by another CA.",
            Reference = new("https://wiki.mozilla.org/CA/Additional_Trust_Changes"),
            RejectsTraffic = true,
            Topic = RuleTopic.Expiry,
        };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation) =>
        chain.IfPathWasFound(() =>
            chain.PassUnless(ChainFaultKind.DistrustedRoot) is Verdict.Fail distrusted ? distrusted
            : chain.PassUnless(ChainFaultKind.RootToBeDistrusted) is Verdict.Fail later ? later with { Severity = Severity.Medium }
            : new Verdict.Pass()
        );
}
