using OriginWatch.Probing;

namespace OriginWatch.Rules.Reachability;

internal sealed class AddressesShowOneCertificate : Rule
{
    public override RuleMetadata Metadata { get; } = new()
    {
        Id = "OW212",
        Severity = Severity.Informational,
        Title = "All addresses of the origin show the same certificate",
        Rationale = "Certificates per node are healthy; one that lags behind after a renewal is an outage to come.",
        Remediation = "If the nodes are meant to share one certificate, renew it on those that show another.",
        Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html"),
    };

    public override IEnumerable<Judgement> Judge(Observation observation)
        => observation.Targets.Select(target => new Judgement(Metadata, target, Evaluate(target, observation)));

    private static Verdict Evaluate(TargetObservation target, Observation observation)
    {
        var leaves = target.Addresses
            .Select(address => (address.Address, Leaf: address.Decisive.Last.Chain?.Served.Leaf?.Sha256))
            .Where(seen => seen.Leaf is not null)
            .GroupBy(seen => seen.Leaf, seen => seen.Address, StringComparer.Ordinal)
            .ToList();
        return observation.IsHttpOnly || leaves.Sum(leaf => leaf.Count()) < 2 ? new Verdict.NotApplicable("fewer than two addresses showed a certificate")
            : leaves.Count == 1 ? new Verdict.Pass()
            : new Verdict.Fail(string.Join("; ", leaves.Select(leaf => $"certificate {leaf.Key![..16]} on {string.Join(", ", leaf)}")));
    }
}
