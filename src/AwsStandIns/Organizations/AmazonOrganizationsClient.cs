using Amazon.Organizations.Model;
using Amazon.Organizations.Model.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using AwsStandIns.Runtime;

namespace Amazon.Organizations;

public class AmazonOrganizationsClient : AmazonServiceClient
{
    public AmazonOrganizationsClient(AmazonOrganizationsConfig config)
        : base(config)
    {
    }

    public AmazonOrganizationsClient(AWSCredentials credentials, AmazonOrganizationsConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    public virtual Task<ListAccountsResponse> ListAccountsAsync(ListAccountsRequest request, CancellationToken cancellationToken = default)
        => InvokeAsync<ListAccountsResponse>(
            request,
            new InvokeOptions
            {
                RequestMarshaller = new RequestMarshaller(input => JsonRequest.Of(input, "AmazonOrganizations", "AWSOrganizationsV20161128.ListAccounts", "1.1", json => Shapes.Write(json, (ListAccountsRequest)input))),
                ResponseUnmarshaller = new JsonBody(
                    Shapes.ReadListAccountsResponse,
                    (error, inner, status) => new AmazonOrganizationsException(error.Message, inner, error.Type, error.Code, error.RequestId, status)),
            },
            cancellationToken);

    public virtual Task<ListParentsResponse> ListParentsAsync(ListParentsRequest request, CancellationToken cancellationToken = default)
        => InvokeAsync<ListParentsResponse>(
            request,
            new InvokeOptions
            {
                RequestMarshaller = new RequestMarshaller(input => JsonRequest.Of(input, "AmazonOrganizations", "AWSOrganizationsV20161128.ListParents", "1.1", json => Shapes.Write(json, (ListParentsRequest)input))),
                ResponseUnmarshaller = new JsonBody(
                    Shapes.ReadListParentsResponse,
                    (error, inner, status) => new AmazonOrganizationsException(error.Message, inner, error.Type, error.Code, error.RequestId, status)),
            },
            cancellationToken);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => Pipelines.Complete(pipeline);
}
