using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;
using AwsStandIns.Runtime;

namespace Amazon.CloudWatch;

public class AmazonCloudWatchConfig : ClientConfig
{
    public AmazonCloudWatchConfig()
        : base(Pipelines.Defaults())
    {
        ServiceId = "CloudWatch";
        AuthenticationServiceName = "monitoring";
        EndpointProvider = new ServiceEndpointProvider(
            "monitoring",
            region => ($"monitoring.{region.SystemName}.{region.PartitionDnsSuffix}", region.SystemName)
        );
    }

    public override string RegionEndpointServiceName => "monitoring";

    public override string ServiceVersion => "2010-08-01";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString("CloudWatch", "0.0.0.0");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        Pipelines.Determine(this, parameters);
}
