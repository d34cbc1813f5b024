using Amazon.CertificateManager.Model;
using Amazon.CertificateManager.Model.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using AwsStandIns.Runtime;

namespace Amazon.CertificateManager;

public class AmazonCertificateManagerClient : AmazonServiceClient
{
    public AmazonCertificateManagerClient(AmazonCertificateManagerConfig config)
        : base(config)
    {
    }

    public AmazonCertificateManagerClient(AWSCredentials credentials, AmazonCertificateManagerConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    public virtual Task<DescribeCertificateResponse> DescribeCertificateAsync(DescribeCertificateRequest request, CancellationToken cancellationToken = default)
        => InvokeAsync<DescribeCertificateResponse>(
            request,
            new InvokeOptions
            {
                RequestMarshaller = new RequestMarshaller(input => JsonRequest.Of(input, "AmazonCertificateManager", "CertificateManager.DescribeCertificate", "1.1", json => Shapes.Write(json, (DescribeCertificateRequest)input))),
                ResponseUnmarshaller = new JsonBody(
                    Shapes.ReadDescribeCertificateResponse,
                    (error, inner, status) => new AmazonCertificateManagerException(error.Message, inner, error.Type, error.Code, error.RequestId, status)),
            },
            cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => Pipelines.Complete(pipeline);
}
