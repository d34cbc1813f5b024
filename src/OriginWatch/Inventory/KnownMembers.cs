using System.Collections.Frozen;

namespace OriginWatch.Inventory;

/// <summary>
/// Members of CloudFront's API 2020-05-31 as of May 2026, read here or known to have no bearing on the connection to an origin.
/// Others are reported, so that a new way to reach an origin is not passed over in silence.
/// </summary>
internal static class KnownMembers
{
    public static readonly FrozenSet<string> Distribution = Set(
        "Id",
        "ARN",
        "ETag",
        "Status",
        "LastModifiedTime",
        "DomainName",
        "AliasICPRecordals",
        "InProgressInvalidationBatches",
        "ActiveTrustedSigners",
        "ActiveTrustedKeyGroups",
        "DistributionConfig",
        "CallerReference",
        "Aliases",
        "DefaultRootObject",
        "Origins",
        "OriginGroups",
        "DefaultCacheBehavior",
        "CacheBehaviors",
        "CustomErrorResponses",
        "Comment",
        "Logging",
        "PriceClass",
        "Enabled",
        "ViewerCertificate",
        "Restrictions",
        "WebACLId",
        "HttpVersion",
        "IsIPV6Enabled",
        "ContinuousDeploymentPolicyId",
        "Staging",
        "AnycastIpListId",
        "TenantConfig",
        "ConnectionMode",
        "ViewerMtlsConfig",
        "ConnectionFunctionAssociation",
        "CacheTagConfig"
    );

    public static readonly FrozenSet<string> Origin = Set(
        "Id",
        "DomainName",
        "OriginPath",
        "CustomHeaders",
        "S3OriginConfig",
        "CustomOriginConfig",
        "VpcOriginConfig",
        "ConnectionAttempts",
        "ConnectionTimeout",
        "ResponseCompletionTimeout",
        "OriginShield",
        "OriginAccessControlId",
        "OriginMtlsConfig"
    ); // the last one is misplaced there, see OriginReader

    public static readonly FrozenSet<string> CustomOriginConfig = Set(
        "HTTPPort",
        "HTTPSPort",
        "OriginProtocolPolicy",
        "OriginSslProtocols",
        "OriginReadTimeout",
        "OriginKeepaliveTimeout",
        "IpAddressType",
        "OriginMtlsConfig"
    );

    public static readonly FrozenSet<string> VpcOriginConfig = Set(
        "VpcOriginId",
        "OwnerAccountId",
        "OriginReadTimeout",
        "OriginKeepaliveTimeout"
    );

    public static readonly FrozenSet<string> CacheBehavior = Set(
        "PathPattern",
        "TargetOriginId",
        "TrustedSigners",
        "TrustedKeyGroups",
        "ViewerProtocolPolicy",
        "AllowedMethods",
        "SmoothStreaming",
        "Compress",
        "LambdaFunctionAssociations",
        "FunctionAssociations",
        "FieldLevelEncryptionId",
        "RealtimeLogConfigArn",
        "CachePolicyId",
        "OriginRequestPolicyId",
        "ResponseHeadersPolicyId",
        "GrpcConfig",
        "ForwardedValues",
        "MinTTL",
        "DefaultTTL",
        "MaxTTL"
    );

    public static readonly FrozenSet<string> OriginGroup = Set("Id", "FailoverCriteria", "Members", "SelectionCriteria");

    private static FrozenSet<string> Set(params ReadOnlySpan<string> names) => FrozenSet.Create(StringComparer.Ordinal, names);
}
