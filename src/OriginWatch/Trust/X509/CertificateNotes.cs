namespace OriginWatch.Trust.X509;

/// <summary>What is wrong with one certificate, as clauses; complete once it is parsed.</summary>
internal sealed class CertificateNotes
{
    /// <summary>What makes it unusable in any path.</summary>
    public List<string> Defects { get; } = [];

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
}
