namespace OriginWatch.Trust.X509;

/// <summary>Object identifiers that certificates carry.</summary>
internal static class Oids
{
    public const string CommonName = "2.5.4.3";
    public const string EmailAddress = "1.2.840.113549.1.9.1";

    public const string SubjectKeyIdentifier = "2.5.29.14";
    public const string KeyUsage = "2.5.29.15";
    public const string SubjectAltName = "2.5.29.17";
    public const string BasicConstraints = "2.5.29.19";
    public const string NameConstraints = "2.5.29.30";
    public const string CrlDistributionPoints = "2.5.29.31";
    public const string CertificatePolicies = "2.5.29.32";
    public const string PolicyMappings = "2.5.29.33";
    public const string AuthorityKeyIdentifier = "2.5.29.35";
    public const string PolicyConstraints = "2.5.29.36";
    public const string ExtendedKeyUsage = "2.5.29.37";
    public const string InhibitAnyPolicy = "2.5.29.54";
    public const string AuthorityInformationAccess = "1.3.6.1.5.5.7.1.1";
    public const string OcspNoCheck = "1.3.6.1.5.5.7.48.1.5";
    public const string NetscapeCertType = "2.16.840.1.113730.1.1";

    /// <summary>Signed certificate timestamps (RFC 6962, section 3.3): only publicly logged certificates carry them.</summary>
    public const string SignedCertificateTimestamps = "1.3.6.1.4.1.11129.2.4.2";

    /// <summary>The arc of the CA/Browser Forum's policies, on every certificate issued under the Baseline Requirements.</summary>
    public const string CaBrowserForumPolicies = "2.23.140.1.2.";

    public const string CaIssuers = "1.3.6.1.5.5.7.48.2";
    public const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    public const string MicrosoftServerGatedCrypto = "1.3.6.1.4.1.311.10.3.3";
    public const string NetscapeServerGatedCrypto = "2.16.840.1.113730.4.1";
    public const string AnyExtendedKeyUsage = "2.5.29.37.0";

    public const string Rsa = "1.2.840.113549.1.1.1";
    public const string RsaPss = "1.2.840.113549.1.1.10";
    public const string Dsa = "1.2.840.10040.4.1";
    public const string EllipticCurve = "1.2.840.10045.2.1";
    public const string Ed25519 = "1.3.101.112";
    public const string Ed448 = "1.3.101.113";

    public const string MlDsa44 = "2.16.840.1.101.3.4.3.17";
    public const string MlDsa65 = "2.16.840.1.101.3.4.3.18";
    public const string MlDsa87 = "2.16.840.1.101.3.4.3.19";

    public const string P192 = "1.2.840.10045.3.1.1";
    public const string P224 = "1.3.132.0.33";
    public const string P256 = "1.2.840.10045.3.1.7";
    public const string P384 = "1.3.132.0.34";
    public const string P521 = "1.3.132.0.35";
    public const string Secp256k1 = "1.3.132.0.10";
}
