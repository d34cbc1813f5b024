using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;
using AwsStandIns.Runtime;

namespace Amazon.CloudFront;

public class AmazonCloudFrontConfig : ClientConfig
{
    public AmazonCloudFrontConfig()
        : base(Pipelines.Defaults())
    {
        ServiceId = "CloudFront";
        AuthenticationServiceName = "cloudfront";
        EndpointProvider = new ServiceEndpointProvider("cloudfront", Host);
    }

    public override string RegionEndpointServiceName => "cloudfront";

    public override string ServiceVersion => "2020-05-31";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString("CloudFront", "0.0.0.0");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        Pipelines.Determine(this, parameters);

    /// <summary>One global endpoint per partition.</summary>
    private static (string Host, string SigningRegion) Host(RegionEndpoint region) =>
        region.PartitionName == "aws-cn"
            ? ("cloudfront.cn-northwest-1.amazonaws.com.cn", "cn-northwest-1")
            : ("cloudfront.amazonaws.com", "us-east-1");
}
