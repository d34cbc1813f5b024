namespace OriginWatch.Trust.X509;

/// <summary>Something for which a certificate is refused wherever a path needs it.</summary>
/// <param name="Text">As a clause.</param>
/// <param name="Who">Which libraries refuse it.</param>
/// <param name="Invalidates">True where AWS-LC then takes it for no issuer at all and looks for another.</param>
internal sealed record CertificateDefect(string Text, RejectedBy Who = RejectedBy.Libraries, bool Invalidates = true);

/// <summary>What is wrong with one certificate, as clauses; complete once it is parsed.</summary>
internal sealed class CertificateNotes
{
    /// <summary>What makes it unusable in any path.</summary>
    public List<CertificateDefect> Defects { get; } = [];

    /// <summary>What the profiles of RFC 5280 and the CA/Browser Forum forbid and clients accept.</summary>
    public List<string> Pedantries { get; } = [];

    /// <summary>Pedantries that count only where it is not the root, which nobody can issue again.</summary>
    public List<string> IssuedPedantries { get; } = [];

    /// <summary>Pedantries that count only where it stands for the server.</summary>
    public List<string> LeafPedantries { get; } = [];

    /// <summary>Pedantries that count only where it issues another.</summary>
    public List<string> IssuerPedantries { get; } = [];

    /// <summary>Pedantries that count only where it ends the path.</summary>
    public List<string> RootPedantries { get; } = [];

    /// <summary>Why AWS-LC reads no such certificate although OpenSSL does, as a clause; null where it does. s2n then ends the handshake wherever in the list it stands.</summary>
    public string? Unreadable { get; set; }

    /// <summary>True where an extension cannot be decoded: AWS-LC matches such a certificate with no other (x509v3_cache_extensions).</summary>
    public bool IsInvalid => Defects.Exists(defect => defect.Invalidates);
}
