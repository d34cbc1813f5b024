using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;
using AwsStandIns.Runtime;

namespace Amazon.SimpleNotificationService;

public class AmazonSimpleNotificationServiceConfig : ClientConfig
{
    public AmazonSimpleNotificationServiceConfig()
        : base(Pipelines.Defaults())
    {
        ServiceId = "SNS";
        AuthenticationServiceName = "sns";
        EndpointProvider = new ServiceEndpointProvider(
            "sns",
            region => ($"sns.{region.SystemName}.{region.PartitionDnsSuffix}", region.SystemName)
        );
    }

    public override string RegionEndpointServiceName => "sns";

    public override string ServiceVersion => "2010-03-31";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString("SNS", "0.0.0.0");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        Pipelines.Determine(this, parameters);
}
