namespace OriginWatch.Rules.Reachability;

internal static class ClientCertificates
{
    /// <summary>Origin mutual TLS: CloudFront holds the certificate and its key, a prober does not.</summary>
    public static bool IsShownByCloudFront(Observation observation) =>
        observation.Planned.Origin.CustomOriginConfig is { HasOriginMtls: true };
}
