using OriginWatch.Audit;

namespace OriginWatch.History;

/// <summary>A run on its way to being recorded: another one that writes in between makes it begin anew.</summary>
internal sealed record RunAttempt(RunStart Start, AuditReport Report)
{
    public RunReview? Review { get; init; }
    public IReadOnlyList<(RunReview Part, DigestMessage Digest)> Mails { get; init; } = [];
    public IReadOnlyList<DigestMessage> Digests => [.. Mails.Select(mail => mail.Digest)];
    public bool Overlaps { get; init; }
    public SavedState? Saved { get; init; }
}
