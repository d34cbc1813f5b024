using OriginWatch.Trust.Repair;

namespace OriginWatch.Trust;

/// <summary>What is to be known of a bundle before anybody installs it.</summary>
public sealed record ChainCheck
{
    private static readonly ChainFaultKind[] ServingFaults =
    [
        ChainFaultKind.NoCertificate,
        ChainFaultKind.Unparseable,
        ChainFaultKind.MissingIntermediate,
        ChainFaultKind.LeafNotFirst,
        ChainFaultKind.OutOfOrder,
        ChainFaultKind.WrongTwinFirst,
        ChainFaultKind.TooManyCertificates,
    ];

    public required ChainAssessment Chain { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Where the roots are from, and their date.</summary>
    public required TrustStore Store { get; init; }

    /// <summary>One answer for each name that was asked for, in that order.</summary>
    public required IReadOnlyList<CheckedName> Names { get; init; }

    /// <summary>Null where it was not asked for.</summary>
    public RepairedChain? Repair { get; init; }

    public bool IsWellServed => !Chain.Faults.Any(fault => ServingFaults.Contains(fault.Kind));

    public bool CoversNames => Names.All(name => name.IsCovered);

    public bool IsGood => Chain.IsTrusted && IsWellServed && CoversNames;

    /// <summary>Judges a bundle.</summary>
    public static ChainCheck Of(ChainVerifier verifier, ServedChain served, IReadOnlyList<string> names, DateTimeOffset at, bool strict)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        ArgumentNullException.ThrowIfNull(names);
        var chain = verifier.Assess(served, at);
        return new()
        {
            Chain = chain,
            At = at,
            Store = verifier.Store,
            Names = [.. names.Select(name => CheckName(chain.ServerCertificate is { ParseError: null } own ? own : null, name, strict))],
        };
    }

    private static CheckedName CheckName(ServedCertificate? leaf, string name, bool strict)
    {
        var match = leaf is null ? new(false) : HostName.Match(leaf, name);
        return new(name, match, match.IsMatch && !(strict && (match.ByCommonName || match.Remark is not null)));
    }
}

/// <summary>A name that a bundle is meant for.</summary>
/// <param name="Name">As asked for.</param>
/// <param name="Match">What the certificate says.</param>
/// <param name="IsCovered">False also where it matches in a way that strictness refuses.</param>
public sealed record CheckedName(string Name, NameMatch Match, bool IsCovered);
