using Amazon.CloudWatch.Model;
using Amazon.CloudWatch.Model.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using AwsStandIns.Runtime;

namespace Amazon.CloudWatch;

public class AmazonCloudWatchClient : AmazonServiceClient
{
    public AmazonCloudWatchClient(AmazonCloudWatchConfig config)
        : base(config)
    {
    }

    public AmazonCloudWatchClient(AWSCredentials credentials, AmazonCloudWatchConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    public virtual Task<GetMetricDataResponse> GetMetricDataAsync(GetMetricDataRequest request, CancellationToken cancellationToken = default)
        => InvokeAsync<GetMetricDataResponse>(
            request,
            new InvokeOptions
            {
                RequestMarshaller = new RequestMarshaller(input => JsonRequest.Of(input, "AmazonCloudWatch", "GraniteServiceVersion20100801.GetMetricData", "1.0", json => Shapes.Write(json, (GetMetricDataRequest)input))),
                ResponseUnmarshaller = new JsonBody(
                    Shapes.ReadGetMetricDataResponse,
                    (error, inner, status) => new AmazonCloudWatchException(error.Message, inner, error.Type, error.Code, error.RequestId, status)),
            },
            cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => Pipelines.Complete(pipeline);
}
