namespace Amazon.CloudFront.Model;

public class DistributionList
{
    public bool? IsTruncated { get; set; }
    public List<DistributionSummary>? Items { get; set; }
    public string? Marker { get; set; }
    public string? NextMarker { get; set; }
    public int? Quantity { get; set; }
}

public class DistributionSummary
{
    public Aliases? Aliases { get; set; }
    public string? ARN { get; set; }
    public CacheBehaviors? CacheBehaviors { get; set; }
    public string? Comment { get; set; }
    public ConnectionMode? ConnectionMode { get; set; }
    public CustomErrorResponses? CustomErrorResponses { get; set; }
    public DefaultCacheBehavior? DefaultCacheBehavior { get; set; }
    public string? DomainName { get; set; }
    public bool? Enabled { get; set; }
    public string? Id { get; set; }
    public OriginGroups? OriginGroups { get; set; }
    public Origins? Origins { get; set; }
    public Restrictions? Restrictions { get; set; }
    public bool? Staging { get; set; }
    public ViewerMtlsConfig? ViewerMtlsConfig { get; set; }
    public string? WebACLId { get; set; }
}

public class Restrictions
{
    public GeoRestriction? GeoRestriction { get; set; }
}

public class GeoRestriction
{
    public GeoRestrictionType? RestrictionType { get; set; }
}

public class ViewerMtlsConfig
{
    public ViewerMtlsMode? Mode { get; set; }
}

/// <summary>Read for what the listing leaves out.</summary>
public class DistributionConfig
{
    public TenantConfig? TenantConfig { get; set; }
}

public class TenantConfig
{
    public List<ParameterDefinition>? ParameterDefinitions { get; set; }
}

public class ParameterDefinition
{
    public ParameterDefinitionSchema? Definition { get; set; }
    public string? Name { get; set; }
}

public class ParameterDefinitionSchema
{
    public StringSchemaConfig? StringSchema { get; set; }
}

public class StringSchemaConfig
{
    public string? DefaultValue { get; set; }
}

public class Aliases
{
    public List<string>? Items { get; set; }
    public int? Quantity { get; set; }
}

public class CustomErrorResponses
{
    public List<CustomErrorResponse>? Items { get; set; }
    public int? Quantity { get; set; }
}

public class CustomErrorResponse
{
    public int? ErrorCode { get; set; }
    public string? ResponseCode { get; set; }
    public string? ResponsePagePath { get; set; }
}

public class DistributionTenantSummary
{
    public string? DistributionId { get; set; }
    public List<DomainResult>? Domains { get; set; }
    public bool? Enabled { get; set; }
    public string? Id { get; set; }
}

public class DistributionTenant
{
    public string? Id { get; set; }
    public List<Parameter>? Parameters { get; set; }
}

public class DomainResult
{
    public string? Domain { get; set; }
}

public class Parameter
{
    public string? Name { get; set; }
    public string? Value { get; set; }
}
