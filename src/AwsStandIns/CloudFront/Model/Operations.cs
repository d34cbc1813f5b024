using Amazon.Runtime;

namespace Amazon.CloudFront.Model;

public class AmazonCloudFrontRequest : AmazonWebServiceRequest;

public class ListDistributionsRequest : AmazonCloudFrontRequest
{
    public string? Marker { get; set; }
    public string? MaxItems { get; set; }
}

public class ListDistributionsResponse : AmazonWebServiceResponse
{
    public DistributionList? DistributionList { get; set; }
}

public class GetDistributionConfigRequest : AmazonCloudFrontRequest
{
    public string? Id { get; set; }
}

public class GetDistributionConfigResponse : AmazonWebServiceResponse
{
    public DistributionConfig? DistributionConfig { get; set; }
}

public class GetCachePolicyRequest : AmazonCloudFrontRequest
{
    public string? Id { get; set; }
}

public class GetCachePolicyResponse : AmazonWebServiceResponse
{
    public CachePolicy? CachePolicy { get; set; }
}

public class GetOriginRequestPolicyRequest : AmazonCloudFrontRequest
{
    public string? Id { get; set; }
}

public class GetOriginRequestPolicyResponse : AmazonWebServiceResponse
{
    public OriginRequestPolicy? OriginRequestPolicy { get; set; }
}

public class GetVpcOriginRequest : AmazonCloudFrontRequest
{
    public string? Id { get; set; }
}

public class GetVpcOriginResponse : AmazonWebServiceResponse
{
    public VpcOrigin? VpcOrigin { get; set; }
}

public class ListTagsForResourceRequest : AmazonCloudFrontRequest
{
    public string? Resource { get; set; }
}

public class ListTagsForResourceResponse : AmazonWebServiceResponse
{
    public Tags? Tags { get; set; }
}

public class Tags
{
    public List<Tag>? Items { get; set; }
}

public class Tag
{
    public string? Key { get; set; }
    public string? Value { get; set; }
}

public class ListDistributionTenantsRequest : AmazonCloudFrontRequest
{
    public DistributionTenantAssociationFilter? AssociationFilter { get; set; }
    public string? Marker { get; set; }
    public int? MaxItems { get; set; }
}

public class DistributionTenantAssociationFilter
{
    public string? ConnectionGroupId { get; set; }
    public string? DistributionId { get; set; }
}

public class ListDistributionTenantsResponse : AmazonWebServiceResponse
{
    public List<DistributionTenantSummary>? DistributionTenantList { get; set; }
    public string? NextMarker { get; set; }
}

public class GetDistributionTenantRequest : AmazonCloudFrontRequest
{
    public string? Identifier { get; set; }
}

public class GetDistributionTenantResponse : AmazonWebServiceResponse
{
    public DistributionTenant? DistributionTenant { get; set; }
}
