using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Util.Internal;
using AwsStandIns.Runtime;

namespace Amazon.CertificateManager;

public class AmazonCertificateManagerConfig : ClientConfig
{
    public AmazonCertificateManagerConfig()
        : base(Pipelines.Defaults())
    {
        ServiceId = "ACM";
        AuthenticationServiceName = "acm";
        EndpointProvider = new ServiceEndpointProvider(
            "acm",
            region => ($"acm.{region.SystemName}.{region.PartitionDnsSuffix}", region.SystemName)
        );
    }

    public override string RegionEndpointServiceName => "acm";

    public override string ServiceVersion => "2015-12-08";

    public override string UserAgent { get; } = InternalSDKUtils.BuildUserAgentString("ACM", "0.0.0.0");

    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters) =>
        Pipelines.Determine(this, parameters);
}
