using OriginWatch.Tls;

namespace OriginWatch.Inventory;

/// <summary>An origin of a distribution. Values of custom headers are secrets and are never read.</summary>
public sealed record Origin
{
    /// <summary>CloudFront's default, <c>ConnectionAttempts</c> 1 to 3.</summary>
    public const int DefaultConnectionAttempts = 3;

    /// <summary>CloudFront's default, <c>ConnectionTimeout</c> 1 to 10 seconds.</summary>
    public const int DefaultConnectionTimeoutSeconds = 10;

    /// <summary>CloudFront's default response timeout, <c>OriginReadTimeout</c> 1 to 120 seconds.</summary>
    public const int DefaultReadTimeoutSeconds = 30;

    /// <summary>The most that CloudFront takes, with a raised quota; a larger number is read as this.</summary>
    public const int MaxReadTimeoutSeconds = 180;

    public required string Id { get; init; }
    public required string DomainName { get; init; }
    public string OriginPath { get; init; } = "";
    public int ConnectionAttempts { get; init; } = DefaultConnectionAttempts;
    public TimeSpan ConnectionTimeout { get; init; } = TimeSpan.FromSeconds(DefaultConnectionTimeoutSeconds);

    /// <summary><c>OriginReadTimeout</c> of a custom or VPC origin: how long CloudFront waits for an answer.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(DefaultReadTimeoutSeconds);

    /// <summary>Set for every origin that is neither an S3 bucket nor a VPC origin.</summary>
    public CustomOriginConfig? CustomOriginConfig { get; init; }

    /// <summary>Set for a VPC origin.</summary>
    public string? VpcOriginId { get; init; }

    /// <summary>The account that shares the VPC origin with this one; null where the listing names none.</summary>
    public string? VpcOriginOwnerId { get; init; }

    /// <summary>True for an S3 bucket reached through its REST endpoint (<c>S3OriginConfig</c>).</summary>
    public bool IsS3 { get; init; }

    public string? OriginAccessControlId { get; init; }

    /// <summary>Why a plan or a template does not tell yet how CloudFront will connect, as a clause; null where it is known.</summary>
    public string? NotKnownYet { get; init; }

    /// <summary>
    /// True where <see cref="DomainName"/> holds <c>{{parameter}}</c>, which each tenant of a multi-tenant distribution gives a value
    /// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/tenant-customization.html).
    /// </summary>
    public bool HasTenantParameters => DomainName.Contains("{{", StringComparison.Ordinal);
}

/// <summary>CloudFront's <c>CustomOriginConfig</c>, as far as it decides how the connection is made.</summary>
public sealed record CustomOriginConfig
{
    public int HttpPort { get; init; } = 80;
    public int HttpsPort { get; init; } = 443;
    public required OriginProtocolPolicy OriginProtocolPolicy { get; init; }

    /// <summary><c>OriginSslProtocols</c>; empty where the listing names none.</summary>
    public IReadOnlyList<TlsProtocol> OriginSslProtocols { get; init; } = [];

    /// <summary>Names in <c>OriginSslProtocols</c> that this version does not know, as their text.</summary>
    public IReadOnlyList<string> UnknownSslProtocols { get; init; } = [];

    public IpAddressType IpAddressType { get; init; } = IpAddressType.Ipv4;

    /// <summary>True where CloudFront shows the origin a client certificate (<c>OriginMtlsConfig</c>).</summary>
    public bool HasOriginMtls { get; init; }

    /// <summary>The certificate that CloudFront shows there, an ACM certificate of us-east-1; null where there is none.</summary>
    public string? ClientCertificateArn { get; init; }

    /// <summary>What ACM says of it; null where ACM was not asked.</summary>
    public ClientCertificate? ClientCertificate { get; init; }
}
