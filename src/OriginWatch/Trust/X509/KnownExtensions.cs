namespace OriginWatch.Trust.X509;

/// <summary>Which extensions the libraries act on.</summary>
internal static class KnownExtensions
{
    private const string IpAddressBlocks = "1.3.6.1.5.5.7.1.7";
    private const string AutonomousSystems = "1.3.6.1.5.5.7.1.8";
    private const string ProxyCertInfo = "1.3.6.1.5.5.7.1.14";

    /// <summary>AWS-LC decodes these of every certificate (x509v3_cache_extensions in v3_purp.c).</summary>
    public static bool IsDecoded(string oid) =>
        oid
            is Oids.BasicConstraints
                or Oids.KeyUsage
                or Oids.ExtendedKeyUsage
                or Oids.NetscapeCertType
                or Oids.SubjectKeyIdentifier
                or Oids.AuthorityKeyIdentifier
                or Oids.SubjectAltName
                or Oids.NameConstraints
                or Oids.CrlDistributionPoints;

    /// <summary>These may be critical (X509_supported_extension in v3_purp.c).</summary>
    public static bool IsProcessed(string oid) =>
        oid
            is Oids.NetscapeCertType
                or Oids.KeyUsage
                or Oids.SubjectAltName
                or Oids.BasicConstraints
                or Oids.CertificatePolicies
                or Oids.CrlDistributionPoints
                or Oids.ExtendedKeyUsage
                or Oids.PolicyConstraints
                or Oids.NameConstraints
                or Oids.PolicyMappings
                or Oids.InhibitAnyPolicy;

    /// <summary>And these for OpenSSL 3, which knows more.</summary>
    public static bool IsProcessedByOpenSslAlone(string oid) =>
        oid is Oids.OcspNoCheck or IpAddressBlocks or AutonomousSystems or ProxyCertInfo;
}
