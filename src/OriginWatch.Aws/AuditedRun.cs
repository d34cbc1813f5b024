using OriginWatch.Audit;
using OriginWatch.History;

namespace OriginWatch.Aws;

/// <summary>What became of the audit.</summary>
internal abstract record AuditedRun
{
    private AuditedRun() { }

    /// <param name="Report">As the audit built it.</param>
    /// <param name="Start">What was known before it.</param>
    internal sealed record Judged(AuditReport Report, RunStart Start) : AuditedRun;

    /// <summary>A follow-up that had nothing to look at again.</summary>
    /// <param name="Start">What was known before it.</param>
    internal sealed record Idle(RunStart Start) : AuditedRun;

    /// <param name="Start">Null where the history itself refused to begin.</param>
    /// <param name="Fault">Why nothing was judged, for the operator.</param>
    /// <param name="Cause">What was thrown.</param>
    internal sealed record Failed(RunStart? Start, string Fault, Exception Cause) : AuditedRun
    {
        /// <summary>True for a run that was to look at a part: the alarm on the function's errors tells of it, and no mail every
        /// hour.</summary>
        public bool IsPartial { get; init; }
    }
}
