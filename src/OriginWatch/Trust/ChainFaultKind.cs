namespace OriginWatch.Trust;

/// <summary>The closed list of facts about a chain.</summary>
public enum ChainFaultKind
{
    None,
    NoCertificate,
    Unparseable,
    SelfSignedLeaf,
    MissingIntermediate,
    UntrustedRoot,
    DistrustedRoot,
    Expired,
    NotYetValid,
    InvalidPath,
    NoServerAuth,
    KeyNotUsable,
    LeafNotFirst,
    OutOfOrder,
    WrongTwinFirst,
    TooManyCertificates,
    Duplicate,
    OffPath,
    RootSent,
    RootToBeDistrusted,
    RootToBeRemoved,
    IntermediateExpiresFirst,
    WeakSignature,
    WeakKey,
    Pedantic,
}

/// <summary>What a kind means for the chain.</summary>
internal static class ChainFaultKinds
{
    /// <summary>No path is trusted because of them; what explains the others comes first.</summary>
    private static readonly ChainFaultKind[] Rejections =
    [
        ChainFaultKind.NoCertificate,
        ChainFaultKind.Unparseable,
        ChainFaultKind.SelfSignedLeaf,
        ChainFaultKind.MissingIntermediate,
        ChainFaultKind.UntrustedRoot,
        ChainFaultKind.DistrustedRoot,
        ChainFaultKind.Expired,
        ChainFaultKind.NotYetValid,
        ChainFaultKind.InvalidPath,
        ChainFaultKind.NoServerAuth,
        ChainFaultKind.KeyNotUsable,
    ];

    /// <summary>A path is trusted, and the list is not one that CloudFront takes.</summary>
    private static readonly ChainFaultKind[] Misservings =
    [
        ChainFaultKind.LeafNotFirst,
        ChainFaultKind.OutOfOrder,
        ChainFaultKind.WrongTwinFirst,
        ChainFaultKind.TooManyCertificates,
    ];

    /// <summary>It works.</summary>
    private static readonly ChainFaultKind[] Remarks =
    [
        ChainFaultKind.Duplicate,
        ChainFaultKind.OffPath,
        ChainFaultKind.RootSent,
        ChainFaultKind.RootToBeDistrusted,
        ChainFaultKind.RootToBeRemoved,
        ChainFaultKind.IntermediateExpiresFirst,
        ChainFaultKind.WeakSignature,
        ChainFaultKind.WeakKey,
        ChainFaultKind.Pedantic,
    ];

    /// <summary>All kinds, the worst first.</summary>
    private static readonly ChainFaultKind[] All = [.. Rejections, .. Misservings, .. Remarks];

    /// <summary>True where the path is not trusted because of it.</summary>
    public static bool IsRejection(this ChainFaultKind kind) => Rejections.Contains(kind);

    /// <summary>True where CloudFront does not forgive it.</summary>
    public static bool Breaks(this ChainFaultKind kind) => kind.IsRejection() || Misservings.Contains(kind);

    /// <summary>Its place among all, the worst first; the first that a chain has is its diagnosis.</summary>
    public static int Rank(this ChainFaultKind kind) => Array.IndexOf(All, kind);
}
