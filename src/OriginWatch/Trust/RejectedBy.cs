namespace OriginWatch.Trust;

/// <summary>
/// Who refuses a chain for a fault. CloudFront's policies towards origins are defined in s2n-tls, which verifies with AWS-LC; OpenSSL is
/// the library that most other clients use.
/// </summary>
public enum RejectedBy
{
    /// <summary>Both libraries, or AWS's documentation: CloudFront is certain to.</summary>
    Libraries,

    /// <summary>s2n-tls and not OpenSSL: others reach the origin, CloudFront most likely does not.</summary>
    AmazonAlone,
}
