namespace OriginWatch.Inventory;

/// <summary>What ACM says of the certificate that CloudFront shows to an origin (origin mutual TLS).</summary>
public sealed record ClientCertificate
{
    public required string Arn { get; init; }

    /// <summary>Why nothing is known, as one clause; null where it was read. Everything below is empty when it is set.</summary>
    public string? Problem { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Null where ACM does not say: a certificate that was never issued.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>ACM's word, e.g. <c>ISSUED</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>ACM's word: <c>IMPORTED</c>, <c>PRIVATE</c> or <c>AMAZON_ISSUED</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>ACM's word, e.g. <c>RSA_2048</c> or <c>EC_prime256v1</c>.</summary>
    public string KeyAlgorithm { get; init; } = "";

    /// <summary>Object identifiers; empty where the certificate has no such extension.</summary>
    public IReadOnlyList<string> ExtendedKeyUsages { get; init; } = [];
}
