using System.Net;
using Amazon.Organizations.Model;
using Amazon.Organizations.Model.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using AwsStandIns.Runtime;

namespace Amazon.Organizations;

public class AmazonOrganizationsClient : AmazonServiceClient
{
    public AmazonOrganizationsClient(AmazonOrganizationsConfig config)
        : base(config) { }

    public AmazonOrganizationsClient(AWSCredentials credentials, AmazonOrganizationsConfig clientConfig)
        : base(credentials, clientConfig) { }

    public virtual Task<ListAccountsResponse> ListAccountsAsync(
        ListAccountsRequest request,
        CancellationToken cancellationToken = default
    ) =>
        InvokeAsync<ListAccountsResponse>(
            request,
            JsonOperation.Options<ListAccountsRequest>(
                "AmazonOrganizations",
                "AWSOrganizationsV20161128.ListAccounts",
                "1.1",
                Shapes.Write,
                Shapes.ReadListAccountsResponse,
                Fault
            ),
            cancellationToken
        );

    public virtual Task<ListParentsResponse> ListParentsAsync(ListParentsRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync<ListParentsResponse>(
            request,
            JsonOperation.Options<ListParentsRequest>(
                "AmazonOrganizations",
                "AWSOrganizationsV20161128.ListParents",
                "1.1",
                Shapes.Write,
                Shapes.ReadListParentsResponse,
                Fault
            ),
            cancellationToken
        );

    private static AmazonOrganizationsException Fault(ErrorResponse error, Exception? inner, HttpStatusCode status) =>
        new(error.Message, inner, error.Type, error.Code, error.RequestId, status);

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => Pipelines.Complete(pipeline);
}
