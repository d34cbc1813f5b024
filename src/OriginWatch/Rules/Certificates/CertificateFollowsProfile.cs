using OriginWatch.Rules.Chains;
using OriginWatch.Trust;

namespace OriginWatch.Rules.Certificates;

/// <summary>Only the server's own certificate counts: nobody who runs an origin can mend a CA's.</summary>
internal sealed class CertificateFollowsProfile : CertificateRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW311",
            Severity = Severity.Low,
            Title = "Certificates should follow RFC 5280 and the CA/Browser Forum's profile",
            Fault = "Certificate does not follow the profile",
            Rationale = "Clients accept these deviations today; stricter ones do not.",
            Remediation = "Have the certificate reissued by a CA that follows the profile.",
            Reference = new("https://cabforum.org/working-groups/server/baseline-requirements/requirements/"),
        };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation) =>
        chain.IfReadable(leaf =>
        {
            var own = chain.Faults.Where(fault => fault.Kind == ChainFaultKind.Pedantic && fault.Position == leaf.Position).ToList();
            return chain.IfThereIsAChain(() => (chain with { Faults = own }).PassUnless(ChainFaultKind.Pedantic));
        });
}
