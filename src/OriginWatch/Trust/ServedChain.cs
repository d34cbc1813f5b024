namespace OriginWatch.Trust;

/// <summary>The certificates of one handshake, exactly as sent.</summary>
public sealed record ServedChain(IReadOnlyList<ServedCertificate> Certificates)
{
    /// <summary>The first certificate sent, which a TLS client takes for the server's own; null when none was sent.</summary>
    public ServedCertificate? FirstSent => Certificates.Count > 0 ? Certificates[0] : null;
}

/// <summary>A path from the leaf to a root of the trust store, built only from sent certificates; the root closes it.</summary>
/// <param name="Certificates">Leaf first, without the root unless the root was sent.</param>
/// <param name="Root">The trust anchor's subject.</param>
public sealed record VerifiedChain(IReadOnlyList<ServedCertificate> Certificates, string Root);
