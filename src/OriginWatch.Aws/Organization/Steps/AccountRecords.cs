using System.Collections.Concurrent;
using System.Globalization;
using OriginWatch.Audit;
using OriginWatch.Aws.History;
using OriginWatch.History;
using OriginWatch.Reporting;
using OriginWatch.Text;

namespace OriginWatch.Aws.Organization.Steps;

/// <summary>
/// Each account's own state and report, cut out of the organization's. The organization's state is the one that is written conditionally
/// and holds the mails:
/// only one write can decide, once, what is mailed. These follow it, so a run that is killed before them loses nothing that the next one
/// does not write.
/// An account that was not read keeps what it has.
/// </summary>
internal static class AccountRecords
{
    public const string Prefix = "accounts/";
    private const int AtOnce = 16;

    public static string StateKey(string accountId) => $"{Prefix}{accountId}/state.json";

    /// <param name="files">Where they go.</param>
    /// <param name="review">Null where nothing was judged: then nothing is written.</param>
    /// <param name="cancellationToken">Abandons it.</param>
    /// <returns>What could not be written, one sentence each.</returns>
    public static async Task<IReadOnlyList<string>> WriteAsync(IRunFiles files, RunReview? review, CancellationToken cancellationToken)
    {
        if (review is null)
        {
            return [];
        }

        var next = review.NextState([], mailed: false);
        var findings = next.Findings.ToLookup(finding => finding.AccountId, StringComparer.Ordinal);
        var folder = string.Create(
            CultureInfo.InvariantCulture,
            $"{BucketPlace.ReportsPrefix}{review.Report.Run.StartedAt.UtcDateTime:yyyy-MM-dd}/{review.RunId}/"
        );
        var options = review.Inform(ReportOptions.Default);
        var failures = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(
            AccountPart.Of(review.Report),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (part, token) =>
            {
                try
                {
                    var id = part.Run.AccountId!;
                    await files.WriteAsync($"{folder}{id}.json", Render(part, options), token);
                    await files.WriteAsync(StateKey(id), RunStateJson.Write(Part(next, part, [.. findings[id]])), token);
                }
                catch (OperatorException exception)
                {
                    failures.Enqueue(exception.Message);
                }
            }
        );
        return [.. failures];
    }

    private static RunState Part(RunState next, AuditReport part, IReadOnlyList<OpenFinding> findings)
    {
        var keys = part.Origins.Select(origin => OriginKey.Of(origin.Planned)).ToHashSet(StringComparer.Ordinal);
        return next with
        {
            AccountId = part.Run.AccountId,
            Findings = findings,
            Origins = keys.Where(next.Origins.ContainsKey)
                .Order(StringComparer.Ordinal)
                .ToDictionary(key => key, key => next.Origins[key], StringComparer.Ordinal),
            Undetermined = [.. next.Undetermined.Where(keys.Contains)],
            AccountsRead = [],
            Answering = [],
        };
    }

    private static ReadOnlyMemory<byte> Render(AuditReport part, ReportOptions options)
    {
        using var buffer = new MemoryStream();
        JsonReport.Write(part, buffer, options);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
