using System.Globalization;
using OriginWatch.Rules.Chains;
using OriginWatch.Text;
using OriginWatch.Trust;

namespace OriginWatch.Rules.Certificates;

/// <summary>
/// A certificate that renews by itself and did not: known by its issuer's habits, days to weeks before
/// <see cref="CertificateIsNotExpiringSoon"/> speaks,
/// which takes over from there.
/// </summary>
internal sealed class RenewalIsNotOverdue(RuleThresholds thresholds) : CertificateRule
{
    private const string AcmRemedy =
        "Open the certificate in AWS Certificate Manager and read its renewal status: "
        + "DNS validation needs ACM's CNAME record to be in place still, "
        + "e-mail validation needs AWS's message to be answered. "
        + "If ACM renewed it already, it is an exported certificate: export it again and install it.";

    private const string AcmeRemedy =
        "Read the log of the ACME client on the origin, fix what it reports, renew, and reload the server. "
        + "If the client renewed already, the server was not reloaded or another server answers.";

    private const string FixedTimer =
        " Let the client renew by ARI or after two thirds of the lifetime: "
        + "a fixed timer of 60 days leaves 4 days of the 64-day certificates that Let's Encrypt issues from 2027-02-10.";

    private readonly CertificateIsNotExpiringSoon _expiry = new(thresholds);

    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW312",
            Severity = Severity.Medium,
            Title = "Origin certificates that renew automatically should be renewed on time",
            Fault = "Certificate renewal is overdue",
            Rationale =
                "AWS Certificate Manager renews 45 days before the end, ACME clients after two thirds of the lifetime. "
                + "A certificate past that point expires, and CloudFront returns HTTP 502.",
            Remediation =
                "Find out why the automatic renewal failed: "
                + "the validation record or e-mail in ACM, the log of the ACME client on the server.",
            Reference = new("https://docs.aws.amazon.com/acm/latest/userguide/managed-renewal.html"),
            Topic = RuleTopic.Expiry,
        };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation) =>
        chain.IfReadable(leaf =>
        {
            if (!chain.IsTrusted)
            {
                return new Verdict.NotApplicable("the chain is not trusted, so its issuer is not known");
            }

            if (RenewalHabit.Of(leaf) is not { } habit)
            {
                return new Verdict.NotApplicable("when its issuer renews is not known");
            }

            var left = leaf.NotAfter - observation.Now;
            return _expiry.SeverityOf(left, leaf.Lifetime) is not null
                    ? new Verdict.NotApplicable($"it expires soon, which {_expiry.Metadata.Id} reports")
                : left < habit.OverdueLeft ? Overdue(leaf, habit, observation.Now)
                : new Verdict.Pass();
        });

    private static Verdict.Fail Overdue(ServedCertificate leaf, RenewalHabit habit, DateTimeOffset now)
    {
        var due = leaf.NotAfter - habit.DueLeft;
        var detail = string.Create(
            CultureInfo.InvariantCulture,
            $"{leaf.Description} was not renewed: "
                + $"{habit.Issuer} issued it for {Math.Ceiling(leaf.Lifetime.TotalDays)} days, renewal was due on {due:yyyy-MM-dd}, "
                + $"and it expires on {leaf.NotAfter:yyyy-MM-dd HH:mm} UTC ({Durations.InWords(leaf.NotAfter - now)} left)"
        );
        return new(
            detail,
            Remediation: habit.Kind == RenewalKind.Acm ? AcmRemedy
                : habit.Issuer == "Let's Encrypt" ? AcmeRemedy + FixedTimer
                : AcmeRemedy
        );
    }
}
