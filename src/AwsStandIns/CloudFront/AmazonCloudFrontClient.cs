using System.Globalization;
using System.Xml.Linq;
using Amazon.CloudFront.Model;
using Amazon.CloudFront.Model.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using AwsStandIns.Runtime;

namespace Amazon.CloudFront;

public class AmazonCloudFrontClient : AmazonServiceClient
{
    private const string Version = "/2020-05-31";

    public AmazonCloudFrontClient(AmazonCloudFrontConfig config)
        : base(config) { }

    public AmazonCloudFrontClient(AWSCredentials credentials, AmazonCloudFrontConfig clientConfig)
        : base(credentials, clientConfig) { }

    public virtual Task<ListDistributionsResponse> ListDistributionsAsync(
        ListDistributionsRequest request,
        CancellationToken cancellationToken = default
    ) =>
        InvokeAsync<ListDistributionsResponse>(
            request,
            input =>
                Get(
                    input,
                    "/distribution",
                    query: [("Marker", ((ListDistributionsRequest)input).Marker), ("MaxItems", ((ListDistributionsRequest)input).MaxItems)]
                ),
            "DistributionList",
            (body, _) => new ListDistributionsResponse { DistributionList = body is null ? null : CloudFrontShapes.DistributionList(body) },
            cancellationToken
        );

    public virtual Task<GetDistributionConfigResponse> GetDistributionConfigAsync(
        GetDistributionConfigRequest request,
        CancellationToken cancellationToken = default
    ) =>
        InvokeAsync<GetDistributionConfigResponse>(
            request,
            input => Get(input, "/distribution/{Id}/config", ("{Id}", ((GetDistributionConfigRequest)input).Id)),
            "DistributionConfig",
            (body, _) =>
                new GetDistributionConfigResponse { DistributionConfig = body is null ? null : CloudFrontShapes.DistributionConfig(body) },
            cancellationToken
        );

    public virtual Task<GetCachePolicyResponse> GetCachePolicyAsync(
        GetCachePolicyRequest request,
        CancellationToken cancellationToken = default
    ) =>
        InvokeAsync<GetCachePolicyResponse>(
            request,
            input => Get(input, "/cache-policy/{Id}", ("{Id}", ((GetCachePolicyRequest)input).Id)),
            "CachePolicy",
            (body, _) => new GetCachePolicyResponse { CachePolicy = body is null ? null : CloudFrontShapes.CachePolicy(body) },
            cancellationToken
        );

    public virtual Task<GetOriginRequestPolicyResponse> GetOriginRequestPolicyAsync(
        GetOriginRequestPolicyRequest request,
        CancellationToken cancellationToken = default
    ) =>
        InvokeAsync<GetOriginRequestPolicyResponse>(
            request,
            input => Get(input, "/origin-request-policy/{Id}", ("{Id}", ((GetOriginRequestPolicyRequest)input).Id)),
            "OriginRequestPolicy",
            (body, _) =>
                new GetOriginRequestPolicyResponse
                {
                    OriginRequestPolicy = body is null ? null : CloudFrontShapes.OriginRequestPolicy(body),
                },
            cancellationToken
        );

    public virtual Task<GetVpcOriginResponse> GetVpcOriginAsync(
        GetVpcOriginRequest request,
        CancellationToken cancellationToken = default
    ) =>
        InvokeAsync<GetVpcOriginResponse>(
            request,
            input => Get(input, "/vpc-origin/{Id}", ("{Id}", ((GetVpcOriginRequest)input).Id)),
            "VpcOrigin",
            (body, _) => new GetVpcOriginResponse { VpcOrigin = body is null ? null : CloudFrontShapes.VpcOrigin(body) },
            cancellationToken
        );

    public virtual Task<ListTagsForResourceResponse> ListTagsForResourceAsync(
        ListTagsForResourceRequest request,
        CancellationToken cancellationToken = default
    ) =>
        InvokeAsync<ListTagsForResourceResponse>(
            request,
            input => Get(input, "/tagging", query: [("Resource", ((ListTagsForResourceRequest)input).Resource)]),
            "Tags",
            (body, _) =>
                new ListTagsForResourceResponse
                {
                    Tags = body is null
                        ? null
                        : new Tags
                        {
                            Items = body.List("Items", "Tag", tag => new Tag { Key = tag.Text("Key"), Value = tag.Text("Value") }),
                        },
                },
            cancellationToken
        );

    public virtual Task<ListDistributionTenantsResponse> ListDistributionTenantsAsync(
        ListDistributionTenantsRequest request,
        CancellationToken cancellationToken = default
    ) =>
        InvokeAsync<ListDistributionTenantsResponse>(
            request,
            ListTenants,
            "ListDistributionTenantsResult",
            (body, _) =>
                new ListDistributionTenantsResponse
                {
                    DistributionTenantList = body.List(
                        "DistributionTenantList",
                        "DistributionTenantSummary",
                        CloudFrontShapes.DistributionTenantSummary
                    ),
                    NextMarker = body.Text("NextMarker"),
                },
            cancellationToken
        );

    public virtual Task<GetDistributionTenantResponse> GetDistributionTenantAsync(
        GetDistributionTenantRequest request,
        CancellationToken cancellationToken = default
    ) =>
        InvokeAsync<GetDistributionTenantResponse>(
            request,
            input => Get(input, "/distribution-tenant/{Identifier}", ("{Identifier}", ((GetDistributionTenantRequest)input).Identifier)),
            "DistributionTenant",
            (body, _) =>
                new GetDistributionTenantResponse { DistributionTenant = body is null ? null : CloudFrontShapes.DistributionTenant(body) },
            cancellationToken
        );

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => Pipelines.Complete(pipeline);

    private Task<TResponse> InvokeAsync<TResponse>(
        AmazonWebServiceRequest request,
        Func<AmazonWebServiceRequest, IRequest> marshal,
        string root,
        Func<XElement?, IWebResponseData, TResponse> read,
        CancellationToken cancellationToken
    )
        where TResponse : AmazonWebServiceResponse, new() =>
        InvokeAsync<TResponse>(
            request,
            new InvokeOptions
            {
                RequestMarshaller = new RequestMarshaller(marshal),
                ResponseUnmarshaller = new XmlBody(
                    root,
                    read,
                    (error, inner, status) =>
                        new AmazonCloudFrontException(error.Message, inner, error.Type, error.Code, error.RequestId, status)
                ),
            },
            cancellationToken
        );

    private static DefaultRequest Get(
        AmazonWebServiceRequest input,
        string path,
        (string Name, string? Value)? resource = null,
        params (string Name, string? Value)[] query
    )
    {
        var request = new DefaultRequest(input, "Amazon.CloudFront")
        {
            HttpMethod = "GET",
            ResourcePath = Version + path,
            UseQueryString = true,
        };
        if (resource is var (name, value))
        {
            request.AddPathResource(
                name,
                string.IsNullOrEmpty(value)
                    ? throw new AmazonCloudFrontException(
                        $"Request object does not have required field {name} set",
                        null,
                        ErrorType.Sender,
                        null,
                        null,
                        default
                    )
                    : value
            );
        }

        foreach (var parameter in query.Where(parameter => parameter.Value is not null))
        {
            request.Parameters.Add(parameter.Name, parameter.Value);
        }

        return request;
    }

    private static DefaultRequest ListTenants(AmazonWebServiceRequest input)
    {
        var wanted = (ListDistributionTenantsRequest)input;
        XNamespace names = "http://cloudfront.amazonaws.com/doc/2020-05-31/";
        var filter = wanted.AssociationFilter is { } association
            ? new XElement(
                names + "AssociationFilter",
                association.ConnectionGroupId is { } group ? new XElement(names + "ConnectionGroupId", group) : null,
                association.DistributionId is { } distribution ? new XElement(names + "DistributionId", distribution) : null
            )
            : null;
        var body = new XElement(
            names + "ListDistributionTenantsRequest",
            filter,
            wanted.Marker is { } marker ? new XElement(names + "Marker", marker) : null,
            wanted.MaxItems is { } items ? new XElement(names + "MaxItems", items.ToString(CultureInfo.InvariantCulture)) : null
        );
        var request = new DefaultRequest(input, "Amazon.CloudFront")
        {
            HttpMethod = "POST",
            ResourcePath = Version + "/distribution-tenants",
            Content = System.Text.Encoding.UTF8.GetBytes(body.ToString(SaveOptions.DisableFormatting)),
        };
        request.Headers["Content-Type"] = "application/xml";
        return request;
    }
}
