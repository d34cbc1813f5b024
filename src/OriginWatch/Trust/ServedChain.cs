using OriginWatch.Text;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust;

/// <summary>A certificate as an origin sent it. Text is as decoded: hostile until a reporter escapes it.</summary>
public sealed record ServedCertificate
{
    /// <summary>Zero-based place in the sent list.</summary>
    public required int Position { get; init; }

    public required ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>SHA-256 of <see cref="Raw"/>, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Why it could not be parsed; null when it could. Everything below is empty when it is set.</summary>
    public string? ParseError { get; init; }

    /// <summary>RFC 4514 text, most specific part first.</summary>
    public string Subject { get; init; } = "";

    public string Issuer { get; init; } = "";

    /// <summary>Lower-case hexadecimal digits, without leading zero bytes.</summary>
    public string SerialNumber { get; init; } = "";

    public DateTimeOffset NotBefore { get; init; }

    /// <summary>The last second of validity, inclusive (RFC 5280, section 4.1.2.5).</summary>
    public DateTimeOffset NotAfter { get; init; }

    public string KeyAlgorithm { get; init; } = "";

    /// <summary>Bits of the RSA modulus or of the curve; 0 where there is no such size.</summary>
    public int KeyBits { get; init; }

    public string SignatureAlgorithm { get; init; } = "";
    public IReadOnlyList<string> DnsNames { get; init; } = [];
    public IReadOnlyList<string> IpAddresses { get; init; } = [];
    public string? CommonName { get; init; }
    public bool IsSelfIssued { get; init; }

    public TimeSpan Lifetime => NotAfter - NotBefore;

    /// <summary>Whole days until it expires, rounded down; negative from the moment on at which it has.</summary>
    public int DaysLeft(DateTimeOffset now) => (int)Math.Floor((NotAfter - now).TotalDays);

    /// <summary>True for a certificate that may issue others (basicConstraints).</summary>
    public bool IsCa { get; init; }

    /// <summary>Where its issuer's certificate is offered (caIssuers), as written.</summary>
    public IReadOnlyList<string> IssuerAddresses { get; init; } = [];

    /// <summary>Position and subject, for a sentence; still hostile, but short.</summary>
    public string Description => Describe.Certificate(Position, Subject);

    /// <summary>Null when it could not be parsed.</summary>
    internal ParsedCertificate? Parsed { get; init; }
}

/// <summary>The certificates of one handshake, exactly as sent.</summary>
public sealed record ServedChain(IReadOnlyList<ServedCertificate> Certificates)
{
    /// <summary>The first certificate sent, which a TLS client takes for the server's own; null when none was sent.</summary>
    public ServedCertificate? FirstSent => Certificates.Count > 0 ? Certificates[0] : null;

    /// <summary>Never throws: what is no certificate is carried with its <see cref="ServedCertificate.ParseError"/>.</summary>
    public static ServedChain Parse(IReadOnlyList<ReadOnlyMemory<byte>> raw)
    {
        ArgumentNullException.ThrowIfNull(raw);
        return new([.. raw.Select(ServedCertificateReader.Read)]);
    }
}

/// <summary>A path from the leaf to a root of the trust store, built only from sent certificates; the root closes it.</summary>
/// <param name="Certificates">Leaf first, without the root unless the root was sent.</param>
/// <param name="Root">The trust anchor's subject.</param>
public sealed record VerifiedChain(IReadOnlyList<ServedCertificate> Certificates, string Root);
