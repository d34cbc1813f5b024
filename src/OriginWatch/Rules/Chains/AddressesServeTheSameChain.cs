using System.Globalization;

namespace OriginWatch.Rules.Chains;

internal sealed class AddressesServeTheSameChain : OriginRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW411",
            Severity = Severity.Informational,
            Title = "All addresses of an origin should serve the same certificate",
            Fault = "Addresses serve different certificates",
            Rationale = "Servers renewed one by one, or one that was forgotten: the certificates expire on different days.",
            Remediation = "Install the same certificate on every server, or make sure that each is renewed.",
            Reference = new(
                "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html"
            ),
        };

    protected override Verdict Evaluate(Observation observation)
    {
        if (observation.IsHttpOnly)
        {
            return new Verdict.NotApplicable("CloudFront connects to this origin over HTTP only");
        }

        if (observation.Targets.Count == 0)
        {
            return new Verdict.NotApplicable(observation.Planned.NotProbedBecause ?? "the origin is not connected to");
        }

        var differing = observation.Targets.FirstOrDefault(target => Certificates(target).Skip(1).Any());
        return differing is null
            ? NothingSeen(observation)
                ? Verdict.NotReached("no certificate was seen")
                : new Verdict.Pass()
            : new Verdict.Fail(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{differing.Addresses.Count} addresses of {differing.Name.Target.DomainName} serve "
                        + $"{Certificates(differing).Count()} different certificates: {Summary(differing)}"
                )
            );
    }

    private static bool NothingSeen(Observation observation) => !observation.Targets.Any(target => Certificates(target).Any());

    private static IEnumerable<string> Certificates(TargetObservation target) =>
        target
            .Addresses.Select(address => address.Decisive.Last.Chain?.ServerCertificate?.Sha256)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);

    private static string Summary(TargetObservation target) =>
        string.Join(
            "; ",
            target
                .Addresses.Where(address => address.Decisive.Last.Chain?.ServerCertificate is not null)
                .Select(address => (address.Address, Leaf: address.Decisive.Last.Chain!.ServerCertificate!))
                .Select(pair =>
                    pair.Leaf.ParseError is null
                        ? string.Create(
                            CultureInfo.InvariantCulture,
                            $"{pair.Address} until {pair.Leaf.NotAfter:yyyy-MM-dd} (SHA-256 {pair.Leaf.Sha256[..16]})"
                        )
                        : string.Create(CultureInfo.InvariantCulture, $"{pair.Address} one that cannot be read")
                )
        );
}
