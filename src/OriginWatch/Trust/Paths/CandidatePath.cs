using OriginWatch.Trust.X509;

namespace OriginWatch.Trust.Paths;

/// <summary>A path from the server's certificate upwards.</summary>
/// <param name="Certificates">Leaf first; the last one is the anchor's where there is an anchor.</param>
/// <param name="Anchor">Null where the path ends in nothing trusted.</param>
internal sealed record CandidatePath(IReadOnlyList<ParsedCertificate> Certificates, TrustAnchor? Anchor)
{
    public ParsedCertificate Leaf => Certificates[0];
    public ParsedCertificate Top => Certificates[^1];

    /// <summary>True for the last certificate of a path that is trusted: it is trusted for what it is.</summary>
    public bool IsTop(int index) => Anchor is not null && index == Certificates.Count - 1;
}

/// <summary>A path and what is wrong with it.</summary>
internal sealed record JudgedPath(CandidatePath Path, IReadOnlyList<ChainFault> Faults, int Cost, bool IsRefused)
{
    public bool IsClean => Cost == 0;
}
