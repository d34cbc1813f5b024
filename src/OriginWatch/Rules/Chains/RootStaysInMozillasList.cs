using OriginWatch.Trust;
using OriginWatch.Trust.Lifecycles;

namespace OriginWatch.Rules.Chains;

/// <summary>Mozilla retires roots by the age of their keys, on days that are published years ahead.</summary>
internal sealed class RootStaysInMozillasList : CertificateRule
{
    private const int UrgentDays = 30;
    private const int WarningDays = 180;

    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW412",
            Severity = Severity.Medium,
            Title = "Origin certificate chains should end in a root that stays in Mozilla's list",
            Fault = "Root leaves Mozilla's list",
            Rationale =
                "Mozilla removes roots whose key is older than 15 years, on published days. "
                + "CloudFront trusts Mozilla's list and returns HTTP 502 once the root is gone.",
            Remediation = "Have the next certificate issued under a newer root of the CA, or by another CA.",
            Reference = new("https://wiki.mozilla.org/CA/Root_CA_Lifecycles"),
            Topic = RuleTopic.Expiry,
            IsAboutRoots = true,
        };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation) =>
        !chain.IsTrusted ? new Verdict.NotApplicable("the chain is not trusted today")
        : chain.Retirement is { } retirement && chain.PassUnless(ChainFaultKind.RootToBeRemoved) is Verdict.Fail fail
            ? fail with
            {
                Severity = SeverityOf(retirement, observation.Now),
                DueAt = retirement.From,
                Cause = retirement.Sha256,
            }
        : new Verdict.Pass();

    /// <summary>AWS does not publish how fast CloudFront follows Mozilla, so the day itself is High and not Critical; a list without the
    /// root makes it so (OW403).</summary>
    private static Severity SeverityOf(RootRetirement retirement, DateTimeOffset now) =>
        retirement.DaysLeft(now) switch
        {
            <= UrgentDays => Severity.High,
            <= WarningDays => Severity.Medium,
            _ => Severity.Informational,
        };
}
