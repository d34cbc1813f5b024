using OriginWatch.Audit;
using OriginWatch.Rules;

namespace OriginWatch.History;

/// <summary>How a finding stands against the last run.</summary>
public enum ChangeKind
{
    New,
    Ongoing,

    /// <summary>Open before and now, but with another severity, another kind of evidence or another certificate, or no longer
    /// suppressed.</summary>
    Changed,

    /// <summary>Its rule was asked again and passed, or no longer applies.</summary>
    Resolved,

    /// <summary>What it was about no longer exists.</summary>
    Gone,
}

/// <summary>A finding between two runs.</summary>
public sealed record FindingChange
{
    public required ChangeKind Kind { get; init; }

    /// <summary>As it goes into the new state; of a resolved or gone one, as it stood in the old.</summary>
    public required OpenFinding Record { get; init; }

    /// <summary>This run's finding; null for what is resolved, gone, or kept because it was not judged.</summary>
    public Finding? Finding { get; init; }

    /// <summary>As it was before; null for a new one.</summary>
    public OpenFinding? Before { get; init; }

    /// <summary>What changed, or why it is gone, as one clause; null where the kind says it all.</summary>
    public string? Because { get; init; }

    /// <summary>True for a resolved finding whose certificate has a new and no lesser fault: "about to expire" ends when it expires, and
    /// nobody mended it.</summary>
    public bool IsSuperseded { get; init; }

    public bool IsOpen => Kind is not (ChangeKind.Resolved or ChangeKind.Gone);

    /// <summary>Open from before, and nobody could look in this run.</summary>
    public bool IsKept => IsOpen && Finding is null;

    public bool IsSuppressed => Record.Suppressed;

    /// <summary>Neither suppressed, nor merely informational before and now, nor superseded: something to mail.</summary>
    public bool IsMailed =>
        !IsSuppressed
        && !IsSuperseded
        && (Record.Severity > Severity.Informational || Before is { Severity: > Severity.Informational, Suppressed: false });
}

/// <summary>Everything that was or is open.</summary>
public sealed record Classification
{
    public Classification(IReadOnlyList<FindingChange> changes)
    {
        Changes = changes;
        Mailed = [.. changes.Where(change => change.IsMailed)];
    }

    /// <summary>Worst first.</summary>
    public IReadOnlyList<FindingChange> Changes { get; }

    /// <summary>Of those, what a digest is about.</summary>
    public IReadOnlyList<FindingChange> Mailed { get; }

    public IEnumerable<FindingChange> Open => Mailed.Where(change => change.IsOpen);

    /// <summary>True when a reader of the last digest would be told something.</summary>
    public bool HasNews => Mailed.Any(change => change.Kind != ChangeKind.Ongoing);

    public IEnumerable<FindingChange> Of(ChangeKind kind) => Mailed.Where(change => change.Kind == kind);
}
