using OriginWatch.Text;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust;

/// <summary>
/// A certificate as an origin sent it: its place, its bytes, and around the parsed certificate what reports say of it. Text is as decoded:
/// hostile until a
/// reporter escapes it. What cannot be parsed has empty members.
/// </summary>
public sealed record ServedCertificate
{
    /// <summary>Zero-based place in the sent list.</summary>
    public required int Position { get; init; }

    public required ReadOnlyMemory<byte> Raw { get; init; }

    /// <summary>SHA-256 of <see cref="Raw"/>, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Why it could not be parsed; null when it could.</summary>
    public string? ParseError { get; init; }

    /// <summary>RFC 4514 text, most specific part first.</summary>
    public string Subject
    {
        get => field ?? Parsed?.Subject.Text ?? "";
        init;
    }

    public string Issuer
    {
        get => field ?? Parsed?.Issuer.Text ?? "";
        init;
    }

    /// <summary>Lower-case hexadecimal digits, without leading zero bytes.</summary>
    public string SerialNumber
    {
        get => field ?? (Parsed is null ? "" : Convert.ToHexStringLower(Parsed.SerialNumber.Span.TrimStart((byte)0)));
        init;
    }

    public DateTimeOffset NotBefore
    {
        get => field == default && Parsed is not null ? Parsed.NotBefore : field;
        init;
    }

    /// <summary>The last second of validity, inclusive (RFC 5280, section 4.1.2.5).</summary>
    public DateTimeOffset NotAfter
    {
        get => field == default && Parsed is not null ? Parsed.NotAfter : field;
        init;
    }

    public string KeyAlgorithm
    {
        get => field ?? Parsed?.PublicKey.Name ?? "";
        init;
    }

    /// <summary>Bits of the RSA modulus or of the curve; 0 where there is no such size.</summary>
    public int KeyBits
    {
        get => field == 0 && Parsed is not null ? Parsed.PublicKey.Bits : field;
        init;
    }

    public string SignatureAlgorithm
    {
        get => field ?? Parsed?.SignatureAlgorithm.Name ?? "";
        init;
    }

    public IReadOnlyList<string> DnsNames
    {
        get => field ?? Parsed?.Extensions.SubjectAltNames?.Dns ?? [];
        init;
    }

    public IReadOnlyList<string> IpAddresses =>
        Parsed?.Extensions.SubjectAltNames is { } names ? [.. names.Ips.Select(address => address.ToString())] : [];

    public string? CommonName
    {
        get => field ?? Parsed?.Subject.CommonName;
        init;
    }

    public bool IsSelfIssued
    {
        get => field || Parsed is { IsSelfIssued: true };
        init;
    }

    /// <summary>True for a certificate that may issue others (basicConstraints).</summary>
    public bool IsCa => Parsed is { IsCa: true };

    public TimeSpan Lifetime => NotAfter - NotBefore;

    /// <summary>Position and subject, for a sentence; still hostile, but short.</summary>
    public string Description => Describe.Certificate(Position, Subject);

    /// <summary>Null when it could not be parsed.</summary>
    internal ParsedCertificate? Parsed { get; init; }

    /// <summary>Whole days until it expires, rounded down; negative from the moment on at which it has.</summary>
    public int DaysLeft(DateTimeOffset now) => (int)Math.Floor((NotAfter - now).TotalDays);
}
