using System.Net;
using Amazon.CertificateManager.Model;
using Amazon.CertificateManager.Model.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using AwsStandIns.Runtime;

namespace Amazon.CertificateManager;

public class AmazonCertificateManagerClient : AmazonServiceClient
{
    public AmazonCertificateManagerClient(AmazonCertificateManagerConfig config)
        : base(config) { }

    public AmazonCertificateManagerClient(AWSCredentials credentials, AmazonCertificateManagerConfig clientConfig)
        : base(credentials, clientConfig) { }

    public virtual Task<DescribeCertificateResponse> DescribeCertificateAsync(
        DescribeCertificateRequest request,
        CancellationToken cancellationToken = default
    ) =>
        InvokeAsync<DescribeCertificateResponse>(
            request,
            JsonOperation.Options<DescribeCertificateRequest>(
                "AmazonCertificateManager",
                "CertificateManager.DescribeCertificate",
                "1.1",
                Shapes.Write,
                Shapes.ReadDescribeCertificateResponse,
                Fault
            ),
            cancellationToken
        );

    private static AmazonCertificateManagerException Fault(ErrorResponse error, Exception? inner, HttpStatusCode status) =>
        new(error.Message, inner, error.Type, error.Code, error.RequestId, status);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => Pipelines.Complete(pipeline);
}
