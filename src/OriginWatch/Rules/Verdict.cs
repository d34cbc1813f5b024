namespace OriginWatch.Rules;

/// <summary>What one rule says of one subject. "Could not tell" is never a pass.</summary>
public abstract record Verdict
{
    private Verdict() { }

    /// <param name="Remark">Something worth saying although it passes, as one clause.</param>
    public sealed record Pass(string? Remark = null) : Verdict
    {
        /// <summary>True where the target counts as accepted although no handshake was completed: only CloudFront could complete
        /// it.</summary>
        public bool WithoutHandshake { get; init; }
    }

    /// <param name="Detail">The evidence, as one clause.</param>
    /// <param name="Severity">Where it differs from the rule's own.</param>
    /// <param name="Remediation">Where it can be more exact than the rule's own.</param>
    public sealed record Fail(string Detail, Severity? Severity = null, string? Remediation = null) : Verdict
    {
        /// <summary>When viewers will notice, where that is not when a certificate of the chain expires.</summary>
        public DateTimeOffset? DueAt { get; init; }

        /// <summary>Since when it fails, where the evidence says it.</summary>
        public DateTimeOffset? Since { get; init; }

        /// <summary>What one fix removes, where that is neither the certificate nor the endpoint nor the setting.</summary>
        public string? Cause { get; init; }

        /// <summary>Why the retry could not confirm it, as one clause; null where it did, or where none is needed.</summary>
        public string? UnconfirmedBecause { get; init; }
    }

    /// <param name="Reason">Why the rule has nothing to say, as one clause.</param>
    public sealed record NotApplicable(string Reason) : Verdict
    {
        /// <summary>True where the question was never reached: another rule reports why. It counts nowhere and resolves nothing.</summary>
        public bool IsUnreached { get; init; }
    }

    /// <param name="reason">What ended before the question came up, as one clause.</param>
    public static NotApplicable NotReached(string reason) => new(reason) { IsUnreached = true };

    /// <param name="Reason">Why nobody can tell from here, as one clause.</param>
    /// <param name="IsConsequence">True where another rule already reports the cause; it then resolves nothing and is no finding of its
    /// own. A question that was not even reached is <see cref="NotReached"/>.</param>
    /// <param name="Remediation">What would let it be judged, where that is not the rule's own.</param>
    public sealed record Undetermined(string Reason, bool IsConsequence = false, string? Remediation = null) : Verdict
    {
        /// <summary>True for a failure that was seen, and that the run had no time to confirm.</summary>
        public bool SeenOnce { get; init; }
    }
}
