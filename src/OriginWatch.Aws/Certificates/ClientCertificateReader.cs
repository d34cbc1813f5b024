using Amazon.CertificateManager;
using Amazon.CertificateManager.Model;
using OriginWatch.Inventory;

namespace OriginWatch.Aws.Certificates;

/// <summary>
/// Reads the client certificates of origin mutual TLS from ACM. Optional, so whatever goes wrong is said of the certificate and ends
/// nothing.
/// Each certificate is asked for once, however many origins it is shown to.
/// </summary>
internal sealed class ClientCertificateReader(AmazonCertificateManagerClient certificates)
{
    /// <summary>CloudFront takes certificates from this region alone.</summary>
    private const string Region = "us-east-1";

    /// <summary>ACM's default rate of DescribeCertificate is 10 a second; more than these are not worth the run's time.</summary>
    private const int MostCertificates = 500;

    public async Task<Listing> AddToAsync(Listing listing, CancellationToken cancellationToken)
    {
        var arns = listing
            .Distributions.SelectMany(distribution => distribution.Origins)
            .Select(origin => origin.CustomOriginConfig?.ClientCertificateArn)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var read = new Dictionary<string, ClientCertificate>(StringComparer.Ordinal);
        foreach (var arn in arns)
        {
            read[arn] =
                read.Count < MostCertificates
                    ? await ReadAsync(arn, listing.AccountId, cancellationToken)
                    : Unread(arn, $"the listing names {arns.Count} certificates, and {MostCertificates} are read");
        }

        return read.Count == 0
            ? listing
            : listing with
            {
                Distributions =
                [
                    .. listing.Distributions.Select(distribution =>
                        distribution with
                        {
                            Origins = [.. distribution.Origins.Select(origin => With(origin, read))],
                        }
                    ),
                ],
            };
    }

    private static Origin With(Origin origin, Dictionary<string, ClientCertificate> read) =>
        origin.CustomOriginConfig is { ClientCertificateArn: { } arn } config
            ? origin with
            {
                CustomOriginConfig = config with { ClientCertificate = read[arn] },
            }
            : origin;

    private async Task<ClientCertificate> ReadAsync(string arn, string? accountId, CancellationToken cancellationToken)
    {
        if (WhyNotAsked(arn, accountId) is { } reason)
        {
            return Unread(arn, reason);
        }

        try
        {
            var answer = await certificates.DescribeCertificateAsync(
                new DescribeCertificateRequest { CertificateArn = arn },
                cancellationToken
            );
            return answer.Certificate is { } found ? Of(arn, found) : Unread(arn, "ACM's answer holds no certificate");
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return Unread(arn, AwsFault.Of(IamActions.DescribeCertificate, exception).Sentence.TrimEnd('.'));
        }
    }

    /// <summary>An ARN of another place would be answered with "not found", which says less.</summary>
    private static string? WhyNotAsked(string arn, string? accountId) =>
        arn.Split(':') switch
        {
            ["arn", _, "acm", not Region and var region, _, _] =>
                $"it names the region {region}, and CloudFront takes client certificates from {Region} alone",
            ["arn", _, "acm", _, var account, _] when accountId is not null && account != accountId =>
                $"it belongs to account {account}, whose ACM this run cannot ask",
            ["arn", _, "acm", _, _, _] => null,
            _ => "it is not the ARN of an ACM certificate",
        };

    private static ClientCertificate Unread(string arn, string reason) => new() { Arn = arn, Problem = reason };

    private static ClientCertificate Of(string arn, CertificateDetail found) =>
        new()
        {
            Arn = arn,
            NotBefore = Time(found.NotBefore),
            NotAfter = Time(found.NotAfter),
            Status = found.Status?.Value ?? "",
            Type = found.Type?.Value ?? "",
            KeyAlgorithm = found.KeyAlgorithm?.Value ?? "",
            ExtendedKeyUsages = [.. (found.ExtendedKeyUsages ?? []).Select(usage => usage.OID).OfType<string>()],
        };

    private static DateTimeOffset? Time(DateTime? time) =>
        time is { } value ? new DateTimeOffset(value.ToUniversalTime(), TimeSpan.Zero) : null;
}
