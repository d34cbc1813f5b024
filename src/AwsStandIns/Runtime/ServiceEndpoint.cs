using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Credentials.Internal;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Auth;

namespace AwsStandIns.Runtime;

/// <summary>Where a service lives and which region signs for it.</summary>
internal sealed class ServiceParameters : EndpointParameters
{
    public string? ServiceUrl { get; init; }
    public RegionEndpoint? Region { get; init; }
}

internal delegate (string Host, string SigningRegion) ServiceHost(RegionEndpoint region);

internal sealed class ServiceEndpointProvider(string signingName, ServiceHost host) : IEndpointProvider
{
    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var wanted = (ServiceParameters)parameters;
        var region = wanted.Region ?? RegionEndpoint.USEast1;
        if (!string.IsNullOrEmpty(wanted.ServiceUrl))
        {
            return Signed(wanted.ServiceUrl, region.SystemName);
        }

        var (name, signingRegion) = host(region);
        return Signed($"https://{name}", signingRegion);
    }

    private Endpoint Signed(string url, string region) =>
        new(url, $$"""{"authSchemes":[{"name":"sigv4","signingName":"{{signingName}}","signingRegion":"{{region}}"}]}""", "{}");
}

internal sealed class ServiceEndpointResolver : BaseEndpointResolver
{
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
    {
        var config = requestContext.ClientConfig;
        return new ServiceParameters { ServiceUrl = config.ServiceURL, Region = config.RegionEndpoint };
    }
}

internal sealed class SigV4Only : BaseAuthResolverHandler
{
    protected override List<IAuthSchemeOption> ResolveAuthOptions(IExecutionContext executionContext) => AuthSchemeOption.DEFAULT_SIGV4;
}

internal static class Pipelines
{
    /// <summary>The SDK's pipeline with the two handlers that every service brings along.</summary>
    public static void Complete(RuntimePipeline pipeline)
    {
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new ServiceEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new SigV4Only());
    }

    public static Endpoint Determine(ClientConfig config, ServiceOperationEndpointParameters parameters) =>
        config.EndpointProvider.ResolveEndpoint(
            new ServiceParameters { ServiceUrl = config.ServiceURL, Region = parameters.AlternateEndpoint ?? config.RegionEndpoint }
        );

    public static DefaultConfigurationProvider Defaults() =>
        new(
            Enum.GetValues<DefaultConfigurationMode>()
                .Select(mode =>
                    (IDefaultConfiguration)
                        new DefaultConfiguration
                        {
                            Name = mode,
                            RetryMode = RequestRetryMode.Standard,
                            S3UsEast1RegionalEndpoint = S3UsEast1RegionalEndpointValue.Regional,
                            ConnectTimeout = TimeSpan.FromSeconds(3.1),
                            TlsNegotiationTimeout = TimeSpan.FromSeconds(3.1),
                        }
                )
        );
}
