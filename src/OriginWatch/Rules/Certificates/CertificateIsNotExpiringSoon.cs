using System.Globalization;
using OriginWatch.Text;
using OriginWatch.Trust;

namespace OriginWatch.Rules.Certificates;

/// <summary>
/// The earliest expiry in the path counts. ACME clients renew at a third of the lifetime, so a healthy renewal never gets here.
/// </summary>
internal sealed class CertificateIsNotExpiringSoon(RuleThresholds thresholds) : CertificateRule
{
    private static readonly TimeSpan Warning = TimeSpan.FromDays(21);
    private static readonly TimeSpan Urgent = TimeSpan.FromDays(7);
    private static readonly TimeSpan LeastUrgent = TimeSpan.FromHours(24);

    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW303",
            Severity = Severity.Medium,
            Title = "Origin certificates should not expire soon",
            Fault = "Certificate expires soon",
            Rationale =
                "CloudFront returns HTTP 502 from the moment a certificate in the chain expires. "
                + "Automatic renewal should have replaced it by now.",
            Remediation = $"Find out why the certificate was not renewed, renew it, install it and reload the server. {Remedies.Renewal}",
            Reference = new("https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5"),
            Topic = RuleTopic.Expiry,
        };

    protected override Verdict Evaluate(ChainAssessment chain, TargetObservation target, Observation observation)
    {
        if (chain.FirstToExpire is not { } first)
        {
            return Verdict.NotReached("no certificate of the chain can be read");
        }

        var left = first.NotAfter - observation.Now;
        if (left < TimeSpan.Zero)
        {
            return new Verdict.NotApplicable(
                string.Create(CultureInfo.InvariantCulture, $"it expired already, {first.DaysLeft(observation.Now)} days")
            );
        }

        return SeverityOf(left, first.Lifetime) is { } severity
            ? new Verdict.Fail(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{first.Description} expires on {first.NotAfter:yyyy-MM-dd HH:mm} UTC, in {Durations.InWords(left)}"
                ),
                severity
            )
            : new Verdict.Pass();
    }

    /// <summary>Null while there is time.</summary>
    internal Severity? SeverityOf(TimeSpan left, TimeSpan lifetime)
    {
        var urgent = thresholds.ExpiryUrgentDays is { } urgentDays
            ? TimeSpan.FromDays(urgentDays)
            : Max(Min(Urgent, lifetime / 10), LeastUrgent);
        var warning = thresholds.ExpiryWarningDays is { } warningDays ? TimeSpan.FromDays(warningDays) : Min(Warning, lifetime / 4);
        return left <= urgent ? Severity.High
            : left <= warning ? Severity.Medium
            : null;
    }

    private static TimeSpan Min(TimeSpan first, TimeSpan second) => first < second ? first : second;

    private static TimeSpan Max(TimeSpan first, TimeSpan second) => first > second ? first : second;
}
