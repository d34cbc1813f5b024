using Amazon;
using Amazon.CertificateManager;
using Amazon.CloudFront;
using Amazon.CloudWatch;
using Amazon.Organizations;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecurityToken;
using Amazon.SimpleNotificationService;
using OriginWatch.Aws.CloudFront;

namespace OriginWatch.Aws;

/// <summary>How patient the clients are.</summary>
internal sealed record AwsTimeouts
{
    /// <summary>Listing competes with the account's deployments for one request rate that AWS does not publish; ten retries back off for a
    /// minute and a half on average.</summary>
    public int ListingRetries { get; init; } = 10;

    public TimeSpan ListingTimeout { get; init; } = TimeSpan.FromSeconds(30);
    public int PublishingRetries { get; init; } = 2;
    public TimeSpan PublishingTimeout { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>Makes the clients of one identity. Endpoints follow <c>AWS_ENDPOINT_URL</c>, which the SDK reads by itself.</summary>
/// <param name="Credentials">Null for the SDK's default chain.</param>
/// <param name="Region">The region whose endpoints are called; CloudFront's is global.</param>
/// <param name="Patience">Time-outs and retries.</param>
/// <param name="Endpoint">Called instead of the services' own endpoints; only tests set it.</param>
internal sealed record AwsClients(AWSCredentials? Credentials, RegionEndpoint Region, AwsTimeouts Patience, Uri? Endpoint = null)
{
    public AmazonCloudFrontClient CloudFront()
    {
        var config = Configure(
            new AmazonCloudFrontConfig { HttpClientFactory = new BoundedAnswers() },
            Patience.ListingTimeout,
            Patience.ListingRetries
        );
        return Credentials is null ? new(config) : new(Credentials, config);
    }

    /// <summary>CloudFront's certificates are those of us-east-1, whatever region the rest is in.</summary>
    public AmazonCertificateManagerClient Certificates()
    {
        var config = (this with { Region = RegionEndpoint.USEast1 }).Configure(
            new AmazonCertificateManagerConfig(),
            Patience.PublishingTimeout,
            Patience.PublishingRetries
        );
        return Credentials is null ? new(config) : new(Credentials, config);
    }

    /// <summary>CloudFront's metrics are in us-east-1 alone.</summary>
    public AmazonCloudWatchClient Metrics()
    {
        var config = (this with { Region = RegionEndpoint.USEast1 }).Configure(
            new AmazonCloudWatchConfig(),
            Patience.PublishingTimeout,
            Patience.PublishingRetries
        );
        return Credentials is null ? new(config) : new(Credentials, config);
    }

    /// <summary>One request rate for all callers of the organization, so its calls are as patient as a listing.</summary>
    public AmazonOrganizationsClient Organizations()
    {
        var config = Configure(new AmazonOrganizationsConfig(), Patience.ListingTimeout, Patience.ListingRetries);
        return Credentials is null ? new(config) : new(Credentials, config);
    }

    public AmazonSecurityTokenServiceClient SecurityToken()
    {
        var config = Configure(new AmazonSecurityTokenServiceConfig(), Patience.PublishingTimeout, Patience.PublishingRetries);
        return Credentials is null ? new(config) : new(Credentials, config);
    }

    public AmazonSimpleNotificationServiceClient Notifications()
    {
        var config = Configure(new AmazonSimpleNotificationServiceConfig(), Patience.PublishingTimeout, Patience.PublishingRetries);
        return Credentials is null ? new(config) : new(Credentials, config);
    }

    /// <summary>An endpoint of one address cannot have the bucket in its host name.</summary>
    public AmazonS3Client Storage()
    {
        var config = Configure(
            new AmazonS3Config { ForcePathStyle = Endpoint is not null },
            Patience.PublishingTimeout,
            Patience.PublishingRetries
        );
        return Credentials is null ? new(config) : new(Credentials, config);
    }

    private TConfig Configure<TConfig>(TConfig config, TimeSpan timeout, int retries)
        where TConfig : ClientConfig
    {
        config.RegionEndpoint = Region;
        if (Endpoint is not null)
        {
            config.ServiceURL = Endpoint.AbsoluteUri; // takes the place of the region
            config.AuthenticationRegion = Region.SystemName;
        }

        config.RetryMode = RequestRetryMode.Standard;
        config.MaxErrorRetry = retries;
        config.Timeout = timeout;
        return config;
    }
}
