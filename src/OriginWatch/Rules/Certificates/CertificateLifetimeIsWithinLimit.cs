using System.Globalization;
using OriginWatch.Rules.Chains;
using OriginWatch.Trust;

namespace OriginWatch.Rules.Certificates;

/// <summary>The limits of the Baseline Requirements, section 6.3.2, by the day of issue.</summary>
internal sealed class CertificateLifetimeIsWithinLimit : CertificateRule
{
    private static readonly (DateTimeOffset From, int Days)[] Limits =
    [
        (Day(2029, 3, 15), 47),
        (Day(2027, 3, 15), 100),
        (Day(2026, 3, 15), 200),
        (Day(2020, 9, 1), 398),
        (Day(2018, 3, 1), 825),
    ];

    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW310",
            Severity = Severity.Low,
            Title = "Certificate lifetimes should be within the limit for public CAs",
            Fault = "Certificate lifetime exceeds the limit",
            Rationale =
                "Browsers reject certificates that are valid for longer than the CA/Browser Forum allows; CloudFront is not known to.",
            Remediation = "Have the next certificate issued for a shorter time, with automatic renewal.",
            Reference = new("https://cabforum.org/working-groups/server/baseline-requirements/requirements/"),
        };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation) =>
        chain.IfReadable(Judge);

    private static Verdict Judge(ServedCertificate leaf)
    {
        var (from, days) = Array.Find(Limits, limit => leaf.NotBefore >= limit.From);
        var lifetime = leaf.Lifetime + TimeSpan.FromSeconds(1); // both ends count
        return days == 0 || lifetime <= TimeSpan.FromDays(days)
            ? new Verdict.Pass()
            : new Verdict.Fail(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"its lifetime is {Math.Ceiling(lifetime.TotalDays)} days; "
                        + $"{days} are allowed for certificates issued from {from:yyyy-MM-dd}"
                )
            );
    }

    private static DateTimeOffset Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);
}
