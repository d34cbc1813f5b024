using Amazon;
using Amazon.Runtime;
using OriginWatch.Aws;

namespace OriginWatch.Tests.Aws;

/// <summary>The product's clients on an endpoint of loopback, with retries that a test can wait for.</summary>
internal static class LoopbackClients
{
    public static AwsClients On(string url, AWSCredentials? credentials = null) =>
        new(
            credentials ?? new BasicAWSCredentials("AKIAIOSFODNN7EXAMPLE", "secret"),
            RegionEndpoint.USEast1,
            new AwsTimeouts { ListingRetries = 2, PublishingRetries = 0 },
            new Uri(url)
        );
}
