using OriginWatch.Trust.Lifecycles;

namespace OriginWatch.Trust;

/// <summary>What the trust room says of one served chain at one time. It does not know which name was asked for: see HostName.</summary>
public sealed record ChainAssessment
{
    public required ServedChain Served { get; init; }

    /// <summary>True when a path from the server's certificate to a root of the store verifies, whatever the order in which it was
    /// sent.</summary>
    public required bool IsTrusted { get; init; }

    /// <summary>The server's own certificate: the first one sent, or where that is plainly an issuer of a later one, that later one. Null
    /// when none was sent.</summary>
    public ServedCertificate? ServerCertificate
    {
        get => field ?? Served.FirstSent;
        init;
    }

    /// <summary>The trusted path, or where there is none the best one that was found; null when not even one to a root exists.</summary>
    public VerifiedChain? Path { get; init; }

    /// <summary>The one main diagnosis: the first of <see cref="Faults"/>, or <see cref="ChainFaultKind.None"/>.</summary>
    public ChainFaultKind Diagnosis => Faults.Count > 0 ? Faults[0].Kind : ChainFaultKind.None;

    /// <summary>Everything worth saying, the worst first.</summary>
    public required IReadOnlyList<ChainFault> Faults { get; init; }

    /// <summary>The certificate of the path (or of the sent list, where there is no path) that expires first; null when none could be
    /// parsed.</summary>
    public ServedCertificate? FirstToExpire { get; init; }

    /// <summary>The certificate that is needed and was not sent; null where none is missing.</summary>
    public MissingIssuer? Missing { get; init; }

    /// <summary>A published certificate that makes the chain trusted; null where none is known.</summary>
    public CrossSign? CrossSign { get; init; }

    /// <summary>The root leaves Mozilla's list within the time of the forecast, or has left it; null where a root stays.</summary>
    public RootRetirement? Retirement { get; init; }

    /// <summary>The time for judging it was over before all of it was judged: nobody knows what the rest would have shown.</summary>
    public bool IsUnfinished { get; init; }

    public ChainFault? Fault(ChainFaultKind kind) => Faults.FirstOrDefault(fault => fault.Kind == kind);
}

/// <summary>A certificate that was needed and not sent.</summary>
/// <param name="Subject">Its name.</param>
/// <param name="KeyId">Its key identifier in hexadecimal; null where the certificate below does not tell.</param>
/// <param name="Addresses">Where the certificate below says that it is offered (AIA caIssuers), as written.</param>
public sealed record MissingIssuer(string Subject, string? KeyId, IReadOnlyList<string> Addresses);

/// <summary>One fact about a chain.</summary>
/// <param name="Kind">Out of a closed list.</param>
/// <param name="Detail">The evidence as one clause, naming certificates by position and subject.</param>
/// <param name="Remedy">What to do, as one sentence; null where the rule's own remediation is exact enough.</param>
/// <param name="Position">The certificate's place in the sent list; null where it is about the list.</param>
public sealed record ChainFault(ChainFaultKind Kind, string Detail, string? Remedy = null, int? Position = null)
{
    /// <summary>Which libraries refuse the chain for it; of no meaning for what is no rejection.</summary>
    public RejectedBy Who { get; init; }
}
