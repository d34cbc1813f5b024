using System.Diagnostics.CodeAnalysis;
using Amazon.Runtime;

namespace Amazon.CloudFront;

public class CachePolicyHeaderBehavior(string value) : ConstantClass(value)
{
    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator CachePolicyHeaderBehavior?(string? value) => value is null ? null : new(value);
}

public class ConnectionMode(string value) : ConstantClass(value)
{
    public static readonly ConnectionMode Direct = new("direct");
    public static readonly ConnectionMode TenantOnly = new("tenant-only");

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator ConnectionMode?(string? value) => value is null ? null : new(value);
}

public class EventType(string value) : ConstantClass(value)
{
    public static readonly EventType OriginRequest = new("origin-request");
    public static readonly EventType ViewerRequest = new("viewer-request");

    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator EventType?(string? value) => value is null ? null : new(value);
}

public class GeoRestrictionType(string value) : ConstantClass(value)
{
    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator GeoRestrictionType?(string? value) => value is null ? null : new(value);
}

public class IpAddressType(string value) : ConstantClass(value)
{
    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator IpAddressType?(string? value) => value is null ? null : new(value);
}

public class OriginProtocolPolicy(string value) : ConstantClass(value)
{
    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator OriginProtocolPolicy?(string? value) => value is null ? null : new(value);
}

public class OriginRequestPolicyHeaderBehavior(string value) : ConstantClass(value)
{
    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator OriginRequestPolicyHeaderBehavior?(string? value) => value is null ? null : new(value);
}

public class ViewerProtocolPolicy(string value) : ConstantClass(value)
{
    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator ViewerProtocolPolicy?(string? value) => value is null ? null : new(value);
}

public class ViewerMtlsMode(string value) : ConstantClass(value)
{
    [return: NotNullIfNotNull(nameof(value))]
    public static implicit operator ViewerMtlsMode?(string? value) => value is null ? null : new(value);
}
