using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;
using AwsStandIns.Runtime;

namespace Amazon.Organizations;

public class AmazonOrganizationsConfig : ClientConfig
{
    public AmazonOrganizationsConfig()
        : base(Pipelines.Defaults())
    {
        ServiceId = "Organizations";
        AuthenticationServiceName = "organizations";
        EndpointProvider = new ServiceEndpointProvider(
            "organizations",
            region => ($"organizations.{Home(region)}.{region.PartitionDnsSuffix}", Home(region))
        );
    }

    public override string RegionEndpointServiceName => "organizations";

    public override string ServiceVersion => "2016-11-28";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString("Organizations", "0.0.0.0");

    /// <summary>A partition has one endpoint (botocore's endpoint rules).</summary>
    private static string Home(RegionEndpoint region) =>
        region.PartitionName switch
        {
            "aws-cn" => "cn-northwest-1",
            "aws-us-gov" => "us-gov-west-1",
            _ => "us-east-1",
        };

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        Pipelines.Determine(this, parameters);
}
