namespace OriginWatch.Names;

/// <summary>
/// Names for which an origin's owner gets no certificate of a public CA: they belong to a provider that does not allow it, or are in no
/// public zone.
/// Let's Encrypt refuses names under amazonaws.com by policy, and names that are not public are none that any CA may certify
/// (CA/Browser Forum Baseline Requirements, section 4.2.2). Names that providers do let their customers certify, like those under
/// cloudapp.azure.com, are not here.
/// </summary>
public static class UncertifiableNames
{
    private static readonly string[] AmazonSuffixes =
    [
        ".amazonaws.com",
        ".amazonaws.com.cn",
        ".amazonaws.eu",
        ".api.aws",
        ".c2s.ic.gov",
        ".sc2s.sgov.gov",
        ".cloud.adc-e.uk",
        ".csp.hci.ic.gov",
    ];

    private static readonly (string Suffix, string Owner)[] Providers =
    [
        (".elasticbeanstalk.com", "AWS Elastic Beanstalk"),
        (".elasticbeanstalk.com.cn", "AWS Elastic Beanstalk"),
        (".amazonlightsail.com", "Amazon Lightsail"),
        (".awsapprunner.com", "AWS App Runner"),
        (".on.aws", "AWS"),
        (".cloudfront.net", "Amazon CloudFront"),
        (".cloudapp.net", "Microsoft Azure"),
        (".trafficmanager.net", "Microsoft Azure"),
        (".azurewebsites.net", "Microsoft Azure"),
        (".azurefd.net", "Microsoft Azure"),
        (".azureedge.net", "Microsoft Azure"),
        (".azure-api.net", "Microsoft Azure"),
        (".azurecontainerapps.io", "Microsoft Azure"),
        (".core.windows.net", "Microsoft Azure"),
    ];

    /// <summary>RFC 6761, RFC 8375, ICANN's reservation of .internal, and what private networks use besides.</summary>
    private static readonly string[] PrivateSuffixes =
    [
        ".internal",
        ".local",
        ".localhost",
        ".localdomain",
        ".home.arpa",
        ".lan",
        ".intranet",
        ".corp",
        ".home",
        ".private",
    ];

    /// <summary>Who owns the name, for a sentence; null where its owner can have a certificate.</summary>
    public static string? OwnerOf(string domainName)
    {
        ArgumentNullException.ThrowIfNull(domainName);
        var name = domainName.TrimEnd('.').ToLowerInvariant();
        return PrivateSuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal))
            || !name.Contains('.', StringComparison.Ordinal)
                ? "a private network"
            : AmazonSuffixes.FirstOrDefault(suffix => name.EndsWith(suffix, StringComparison.Ordinal)) is { } suffix
                ? Service(name[..^suffix.Length].Split('.'))
            : Providers.FirstOrDefault(provider => name.EndsWith(provider.Suffix, StringComparison.Ordinal)).Owner;
    }

    private static string Service(string[] labels) =>
        labels.Contains("elb", StringComparer.Ordinal) ? "Elastic Load Balancing"
        : labels.Any(label => label is "compute" || label.StartsWith("compute-", StringComparison.Ordinal)) ? "Amazon EC2"
        : "AWS";
}
