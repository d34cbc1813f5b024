namespace Amazon.CloudFront.Model;

public class Origins
{
    public List<Origin>? Items { get; set; }
    public int? Quantity { get; set; }
}

public class Origin
{
    public int? ConnectionAttempts { get; set; }
    public int? ConnectionTimeout { get; set; }
    public CustomOriginConfig? CustomOriginConfig { get; set; }
    public string? DomainName { get; set; }
    public string? Id { get; set; }
    public string? OriginAccessControlId { get; set; }
    public string? OriginPath { get; set; }
    public S3OriginConfig? S3OriginConfig { get; set; }
    public VpcOriginConfig? VpcOriginConfig { get; set; }
}

public class CustomOriginConfig
{
    public int? HTTPPort { get; set; }
    public int? HTTPSPort { get; set; }
    public IpAddressType? IpAddressType { get; set; }
    public OriginMtlsConfig? OriginMtlsConfig { get; set; }
    public OriginProtocolPolicy? OriginProtocolPolicy { get; set; }
    public int? OriginReadTimeout { get; set; }
    public OriginSslProtocols? OriginSslProtocols { get; set; }
}

public class OriginMtlsConfig
{
    public string? ClientCertificateArn { get; set; }
}

public class OriginSslProtocols
{
    public List<string>? Items { get; set; }
    public int? Quantity { get; set; }
}

public class S3OriginConfig
{
    public string? OriginAccessIdentity { get; set; }
}

public class VpcOriginConfig
{
    public int? OriginReadTimeout { get; set; }
    public string? OwnerAccountId { get; set; }
    public string? VpcOriginId { get; set; }
}

public class VpcOrigin
{
    public string? Id { get; set; }
    public VpcOriginEndpointConfig? VpcOriginEndpointConfig { get; set; }
}

public class VpcOriginEndpointConfig
{
    public string? Arn { get; set; }
    public int? HTTPPort { get; set; }
    public int? HTTPSPort { get; set; }
    public OriginProtocolPolicy? OriginProtocolPolicy { get; set; }
    public OriginSslProtocols? OriginSslProtocols { get; set; }
}

public class OriginGroups
{
    public List<OriginGroup>? Items { get; set; }
    public int? Quantity { get; set; }
}

public class OriginGroup
{
    public OriginGroupFailoverCriteria? FailoverCriteria { get; set; }
    public string? Id { get; set; }
    public OriginGroupMembers? Members { get; set; }
}

public class OriginGroupFailoverCriteria
{
    public StatusCodes? StatusCodes { get; set; }
}

public class StatusCodes
{
    public List<int>? Items { get; set; }
    public int? Quantity { get; set; }
}

public class OriginGroupMembers
{
    public List<OriginGroupMember>? Items { get; set; }
    public int? Quantity { get; set; }
}

public class OriginGroupMember
{
    public string? OriginId { get; set; }
}
