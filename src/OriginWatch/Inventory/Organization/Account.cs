namespace OriginWatch.Inventory.Organization;

/// <summary>What became of an account that a scan of several accounts was to read.</summary>
public enum AccountOutcome
{
    Read,

    /// <summary>Its role could not be assumed, or does not allow a read that the inventory needs.</summary>
    Denied,

    /// <summary>Reading it broke off or took too long.</summary>
    Failed,

    /// <summary>Closed, suspended or excluded: nothing is missing from the scan.</summary>
    Skipped,
}

/// <summary>An AWS account as a scan of several accounts knows it.</summary>
/// <param name="Id">Twelve digits.</param>
/// <param name="Name">As Organizations has it; null where nobody asked.</param>
public sealed record Account(string Id, string? Name = null)
{
    /// <summary><c>o-…/r-…/ou-…</c>, without the account itself; null where nobody asked.</summary>
    public string? Path { get; init; }

    /// <summary>"123456789012 (shop)".</summary>
    public override string ToString() => Name is { Length: > 0 } ? $"{Id} ({Name})" : Id;
}

/// <summary>An account and what became of it.</summary>
/// <param name="Account">Which.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why it was not read, and what to do about it; null where it was.</param>
public sealed record AccountReading(Account Account, AccountOutcome Outcome, string? Reason = null)
{
    /// <summary>Distributions listed.</summary>
    public int Distributions { get; init; }

    /// <summary><see cref="Listing.TagsUnreadBecause"/> of its own listing.</summary>
    public string? TagsUnreadBecause { get; init; }

    /// <summary><see cref="Listing.TrafficUnreadBecause"/> of its own listing.</summary>
    public string? TrafficUnreadBecause { get; init; }

    /// <summary>True where the scan is incomplete without it.</summary>
    public bool IsGap => Outcome is AccountOutcome.Denied or AccountOutcome.Failed;
}
