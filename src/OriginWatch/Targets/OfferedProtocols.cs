using OriginWatch.Inventory;
using OriginWatch.Tls;

namespace OriginWatch.Targets;

/// <summary>
/// The versions that CloudFront offers an origin: those in <c>OriginSslProtocols</c>, and TLS 1.3 wherever TLSv1.2 is among them
/// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html).
/// </summary>
internal static class OfferedProtocols
{
    /// <summary>
    /// For a list that is absent: AWS does not document what is offered then.
    /// TLS 1.2 and 1.3 are what any default would hold; nothing weaker is accepted on a guess.
    /// </summary>
    private static readonly ProtocolSet Assumed = new(TlsProtocol.Tls12, TlsProtocol.Tls13);

    public static ProtocolSet Of(CustomOriginConfig config) =>
        config.OriginSslProtocols.Count == 0 ? Assumed
        : config.OriginSslProtocols.Contains(TlsProtocol.Tls12) ? new([.. config.OriginSslProtocols, TlsProtocol.Tls13])
        : new(config.OriginSslProtocols);
}
