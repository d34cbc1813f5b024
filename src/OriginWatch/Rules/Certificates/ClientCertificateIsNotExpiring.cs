using System.Globalization;
using OriginWatch.Inventory;
using OriginWatch.Text;

namespace OriginWatch.Rules.Certificates;

/// <summary>The certificate that CloudFront shows to the origin. It is imported into ACM, so nobody renews it but its owner.</summary>
internal sealed class ClientCertificateIsNotExpiring(RuleThresholds thresholds) : OriginRule
{
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";
    private const string AnyUsage = "2.5.29.37.0";
    private const string Issued = "ISSUED";

    /// <summary>Developer Guide, "Certificate management with AWS Certificate Manager" for origin mutual TLS.</summary>
    private static readonly string[] Keys = ["RSA_2048", "EC_prime256v1"];

    private readonly CertificateIsNotExpiringSoon _expiry = new(thresholds);

    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW313",
            Severity = Severity.Critical,
            Title = "Client certificates of origin mutual TLS should be valid and not expire soon",
            Fault = "Client certificate of origin mutual TLS is not valid or expires soon",
            Rationale =
                "CloudFront shows this certificate to the origin. "
                + "ACM does not renew imported certificates; "
                + "once it has expired the origin rejects CloudFront, and viewers get HTTP 502.",
            Remediation =
                "Import a renewed certificate into ACM in us-east-1 under the same ARN: "
                + "aws acm import-certificate --certificate-arn ARN. "
                + "Issue it from a private CA: public CAs no longer issue client certificates.",
            Reference = new(
                "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/origin-certificate-management-certificate-manager.html"
            ),
            RejectsTraffic = true,
            Topic = RuleTopic.Expiry,
        };

    protected override Verdict Evaluate(Observation observation)
    {
        if (observation.Planned.Origin.CustomOriginConfig is not { ClientCertificateArn: not null } config)
        {
            return new Verdict.NotApplicable("it has no client certificate (OriginMtlsConfig)");
        }

        return observation.IsHttpOnly
            ? new Verdict.NotApplicable("CloudFront connects to this origin over HTTP only")
            : config.ClientCertificate switch
            {
                null => new Verdict.NotApplicable("its client certificate was not read from ACM, which is optional"),
                { Problem: { } problem } => new Verdict.Undetermined(
                    $"the client certificate {config.ClientCertificateArn} could not be read: {problem}",
                    Remediation: "Allow acm:DescribeCertificate on the certificate, or look at it in ACM, us-east-1."
                ),
                var certificate => Judge(certificate, observation.Now),
            };
    }

    private Verdict Judge(ClientCertificate certificate, DateTimeOffset now)
    {
        var faults = Faults(certificate, now).OrderByDescending(fault => fault.Severity).ThenBy(fault => fault.DueAt is not null).ToList();
        return faults.Count == 0
            ? new Verdict.Pass()
            : new Verdict.Fail(
                $"the client certificate {certificate.Arn} {string.Join("; it ", faults.Select(fault => fault.Detail))}",
                faults[0].Severity
            )
            {
                DueAt = faults[0].DueAt,
                Cause = certificate.Arn,
            };
    }

    private IEnumerable<(Severity Severity, string Detail, DateTimeOffset? DueAt)> Faults(ClientCertificate certificate, DateTimeOffset now)
    {
        if (Expiry(certificate, now) is { } expiry)
        {
            yield return expiry;
        }
        else if (certificate.Status != Issued)
        {
            yield return (
                certificate.Status == "REVOKED" ? Severity.Critical : Severity.High,
                $"has the status {certificate.Status} in ACM, not {Issued}",
                null
            );
        }

        if (certificate.ExtendedKeyUsages is { Count: > 0 } usages && !usages.Any(usage => usage is ClientAuth or AnyUsage))
        {
            yield return (Severity.High, "is not for client authentication (extended key usage), so origins reject it", null);
        }

        if (!Keys.Contains(certificate.KeyAlgorithm, StringComparer.Ordinal))
        {
            yield return (
                Severity.Medium,
                $"has a key of the kind {certificate.KeyAlgorithm}; CloudFront documents RSA 2048 and ECDSA P-256",
                null
            );
        }
    }

    private (Severity, string, DateTimeOffset?)? Expiry(ClientCertificate certificate, DateTimeOffset now)
    {
        if (certificate.NotAfter is not { } end)
        {
            return null;
        }

        var date = end.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
        if (now > end)
        {
            return (Severity.Critical, $"expired on {date}", null);
        }

        var lifetime = end - (certificate.NotBefore ?? DateTimeOffset.MinValue);
        return _expiry.SeverityOf(end - now, lifetime) is { } severity
            ? (
                severity,
                $"expires on {date} ({Durations.InWords(end - now)} "
                    + $"left){(certificate.Type == "IMPORTED" ? "; ACM does not renew it, because it was imported" : "")}",
                end
            )
            : null;
    }
}
