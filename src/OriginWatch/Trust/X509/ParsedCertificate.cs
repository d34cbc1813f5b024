namespace OriginWatch.Trust.X509;

/// <summary>Key usages by their bit in the BIT STRING, most significant first (RFC 5280, section 4.2.1.3).</summary>
[Flags]
internal enum KeyUsages
{
    None = 0,
    DigitalSignature = 0x80,
    KeyEncipherment = 0x20,
    KeyAgreement = 0x08,
    KeyCertSign = 0x04,
}

/// <summary>Everything that judging needs to know of one certificate. Immutable once parsed and shared within a run.</summary>
internal sealed class ParsedCertificate
{
    public required ReadOnlyMemory<byte> Raw { get; init; }
    public required string Sha256 { get; init; }

    /// <summary>The signed part, header included.</summary>
    public required ReadOnlyMemory<byte> Tbs { get; init; }

    public required ReadOnlyMemory<byte> Signature { get; init; }
    public required SignatureFacts SignatureAlgorithm { get; init; }

    /// <summary>1, 2 or 3.</summary>
    public required int Version { get; init; }

    public required ReadOnlyMemory<byte> SerialNumber { get; init; }
    public required DistinguishedName Issuer { get; init; }
    public required DistinguishedName Subject { get; init; }
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>Inclusive, to the second.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>True where a time of its validity has an offset, with which the libraries compare nothing.</summary>
    public bool HasTimeOffset { get; init; }

    /// <summary>True where the algorithm within the signed part is not the one beside the signature.</summary>
    public bool HasTwoAlgorithms { get; init; }

    public required PublicKeyFacts PublicKey { get; init; }
    public required ExtensionFacts Extensions { get; init; }

    /// <summary>What is wrong with it.</summary>
    public required CertificateNotes Notes { get; init; }

    public bool IsSelfIssued => HasOneName && !Subject.IsEmpty;

    /// <summary>Subject and issuer are the same, even where both are empty (EXFLAG_SI).</summary>
    public bool HasOneName => Subject.Matches(Issuer);

    public bool IsCa => Extensions.IsCa == true;

    public bool IsValidAt(DateTimeOffset second) => NotBefore <= second && second <= NotAfter;

    public bool IsSame(ParsedCertificate other) => string.Equals(Sha256, other.Sha256, StringComparison.Ordinal);

    /// <summary>The same name and the same key: as an issuer it is worth the same, whoever signed it.</summary>
    public bool IsSameAuthority(ParsedCertificate other) =>
        Subject.Matches(other.Subject) && PublicKey.Encoded.Span.SequenceEqual(other.PublicKey.Encoded.Span);
}

/// <summary>What the extensions of a certificate say.</summary>
internal sealed class ExtensionFacts
{
    public static readonly ExtensionFacts None = new();

    /// <summary>Null without basicConstraints.</summary>
    public bool? IsCa { get; set; }

    public long? PathLength { get; set; }

    /// <summary>Null without keyUsage.</summary>
    public KeyUsages? KeyUsage { get; set; }

    /// <summary>The first byte of nsCertType, which some CAs still write; null without it.</summary>
    public byte? NetscapeCertType { get; set; }

    /// <summary>Null without extKeyUsage.</summary>
    public IReadOnlyList<string>? ExtendedKeyUsage { get; set; }

    /// <summary>Null without subjectAltName.</summary>
    public GeneralNames? SubjectAltNames { get; set; }

    public bool SubjectAltNamesCritical { get; set; }
    public NameConstraints? NameConstraints { get; set; }
    public ReadOnlyMemory<byte>? SubjectKeyId { get; set; }

    /// <summary>Null without authorityKeyIdentifier, or where it cannot be read.</summary>
    public AuthorityKey? AuthorityKey { get; set; }

    public ReadOnlyMemory<byte>? AuthorityKeyId => AuthorityKey?.KeyId;

    /// <summary>Where the issuer's certificate can be fetched (caIssuers), as written.</summary>
    public IReadOnlyList<string> IssuerAddresses { get; set; } = [];

    /// <summary>True where it carries signed certificate timestamps or a policy of the CA/Browser Forum.</summary>
    public bool IsPubliclyIssued { get; set; }

    /// <summary>Any usage is not enough for AWS-LC (check_purpose_ssl_server).</summary>
    public bool AllowsServerAuth => ExtendedKeyUsage?.Contains(Oids.ServerAuth, StringComparer.Ordinal) != false;

    public bool MaySign => KeyUsage?.HasFlag(KeyUsages.KeyCertSign) != false;
}

/// <summary>What an authorityKeyIdentifier says of the issuer (RFC 5280, section 4.2.1.1).</summary>
/// <param name="KeyId">Its key identifier.</param>
/// <param name="Issuer">The name of the issuer's issuer; the first directory name there.</param>
/// <param name="Serial">The issuer's serial number.</param>
internal sealed record AuthorityKey(ReadOnlyMemory<byte>? KeyId, DistinguishedName? Issuer, ReadOnlyMemory<byte>? Serial);
