using System.Text;
using OriginWatch.Audit;
using OriginWatch.History;
using OriginWatch.Reporting;
using OriginWatch.Text;
using OriginWatch.Trust;
using static System.FormattableString;

namespace OriginWatch.Aws.History;

/// <param name="Content">PEM.</param>
/// <param name="Location">Where it lies, for people.</param>
/// <param name="PutAt">When it was put there.</param>
internal sealed record StoredRoots(ReadOnlyMemory<byte> Content, string Location, DateTime? PutAt);

/// <summary>The roots of one run: those that somebody put into the bucket, otherwise those that the program brings along.</summary>
/// <param name="Store">What is trusted.</param>
/// <param name="Problem">Why those in the bucket are not, as one sentence; null where they are, and where there are none.</param>
internal sealed record RunRoots(TrustStore Store, string? Problem)
{
    /// <summary>Five times Mozilla's list.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>
    /// An object that cannot be used is ignored as a whole: half a list would condemn origins that are well.
    /// It fails the run at its end, and not the audit: verdicts by the shipped roots are better than none.
    /// </summary>
    public static async Task<RunRoots> ChooseAsync(
        Func<CancellationToken, Task<StoredRoots?>> read,
        Func<TrustStore> shipped,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await read(cancellationToken) is { } stored ? new(Read(stored), Problem: null) : new(shipped(), Problem: null);
        }
        catch (OperatorException exception)
        {
            return new(
                shipped(),
                "The roots in the bucket are ignored as a whole, and the origins were evaluated by those that "
                    + $"OriginWatch brings along: {exception.Message.TrimEnd('.')}."
            );
        }
    }

    /// <summary>The digest says it, and the run fails with it when everything else is done.</summary>
    public RunStart Tell(RunStart start) =>
        Problem is null
            ? start
            : start with
            {
                Notices = [.. start.Notices, Problem],
                Failures = [.. start.Failures, new RunStoreException(Problem)],
            };

    public AuditReport Tell(AuditReport report) =>
        Problem is null ? report : report with { Run = report.Run with { Remarks = [.. report.Run.Remarks, Problem] } };

    /// <summary>PEM has no date of its own: the list counts as being as old as the object.</summary>
    private static TrustStore Read(StoredRoots stored)
    {
        if (stored.Content.Length > MaxBytes)
        {
            throw new OperatorException($"{stored.Location} is longer than {MaxBytes / 1024} KiB");
        }

        var date = stored.PutAt is { } time ? DateOnly.FromDateTime(time.ToUniversalTime()) : (DateOnly?)null;
        return TrustStore.FromPem(
            Encoding.UTF8.GetString(stored.Content.Span),
            date is null ? stored.Location : Invariant($"{stored.Location} of {date:yyyy-MM-dd}"),
            date
        );
    }
}
