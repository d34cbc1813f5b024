namespace OriginWatch.Trust;

/// <summary>Advice that several faults share.</summary>
internal static class Remedies
{
    /// <summary>Ways that end in a certificate which renews by itself. ACM offers ACME endpoints and exportable certificates for servers
    /// outside AWS.</summary>
    public const string PublicCertificate =
        "Have a certificate issued by a public CA and install it with its intermediates. "
        + "On a load balancer use AWS Certificate Manager (ACM); "
        + "on a server of your own an ACME client (with a public CA or ACM's ACME endpoint) or an exportable ACM certificate.";

    /// <summary>For a renewal that nobody should have to remember.</summary>
    public const string Renewal = "Let an ACME client that follows ARI (RFC 9773) renew it from now on, or AWS Certificate Manager.";
}
