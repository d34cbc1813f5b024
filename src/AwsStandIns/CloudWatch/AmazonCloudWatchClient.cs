using System.Net;
using Amazon.CloudWatch.Model;
using Amazon.CloudWatch.Model.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using AwsStandIns.Runtime;

namespace Amazon.CloudWatch;

public class AmazonCloudWatchClient : AmazonServiceClient
{
    public AmazonCloudWatchClient(AmazonCloudWatchConfig config)
        : base(config) { }

    public AmazonCloudWatchClient(AWSCredentials credentials, AmazonCloudWatchConfig clientConfig)
        : base(credentials, clientConfig) { }

    public virtual Task<GetMetricDataResponse> GetMetricDataAsync(
        GetMetricDataRequest request,
        CancellationToken cancellationToken = default
    ) =>
        InvokeAsync<GetMetricDataResponse>(
            request,
            JsonOperation.Options<GetMetricDataRequest>(
                "AmazonCloudWatch",
                "GraniteServiceVersion20100801.GetMetricData",
                "1.0",
                Shapes.Write,
                Shapes.ReadGetMetricDataResponse,
                Fault
            ),
            cancellationToken
        );

    private static AmazonCloudWatchException Fault(ErrorResponse error, Exception? inner, HttpStatusCode status) =>
        new(error.Message, inner, error.Type, error.Code, error.RequestId, status);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => Pipelines.Complete(pipeline);
}
