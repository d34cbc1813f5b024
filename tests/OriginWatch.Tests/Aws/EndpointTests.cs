using OriginWatch.Aws;
using static OriginWatch.Tests.Aws.CloudFrontXml;

namespace OriginWatch.Tests.Aws;

/// <summary>Alone, because environment variables belong to the whole process.</summary>
[CollectionDefinition(nameof(EndpointTests), DisableParallelization = true)]
[Collection(nameof(EndpointTests))]
public class EndpointTests
{
    [Fact]
    public async Task Follows_the_endpoint_that_the_environment_names()
    {
        await using var fake = new FakeCloudFront { Distributions = [Distribution("E1")] };
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_CLOUDFRONT", fake.Http.Url);
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_STS", fake.Http.Url);
        try
        {
            using var inventory = new AwsInventory(LoopbackClients.On(fake.Http.Url) with { Endpoint = null });
            (await inventory.ReadAsync(TestContext.Current.CancellationToken)).Distributions.Count.ShouldBe(1);
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_CLOUDFRONT", null);
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_STS", null);
        }
    }
}
