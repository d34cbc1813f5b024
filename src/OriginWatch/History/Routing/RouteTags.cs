using System.Collections.Concurrent;
using OriginWatch.Audit;
using OriginWatch.Inventory;

namespace OriginWatch.History.Routing;

/// <summary>Asks for the tags on which a route depends, of the distributions that a mail may be about and of no others: each is a call of
/// its own. What routes need and nobody knows is said.</summary>
public static class RouteTags
{
    /// <summary>CloudFront's request rate is low and not published; a few at a time is quick enough.</summary>
    private const int AtOnce = 4;

    /// <summary>The mails are waiting.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>The routes with the tags that were read. The problem is one sentence; findings of a distribution without its tags stay with
    /// the topic that has them.</summary>
    /// <param name="start">Of the run.</param>
    /// <param name="report">What the run found.</param>
    /// <param name="read">Null where no tags can be read.</param>
    /// <param name="time">For the limit.</param>
    /// <param name="cancellationToken">Abandons the run.</param>
    public static Task<(RouteTable Routes, string? Problem)> ReadAsync(
        RunStart start,
        AuditReport report,
        ReadTags? read,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(report);
        var concerned = report
            .Findings.Select(finding => finding.DistributionId)
            .Concat(start.Previous?.Findings.Select(finding => finding.DistributionId) ?? [])
            .ToHashSet(StringComparer.Ordinal);
        return ReadAsync(
            start.Routes,
            report.Origins.Select(origin => origin.Planned.Distribution).Where(distribution => concerned.Contains(distribution.Id)),
            report.Run,
            read,
            Limit,
            time,
            cancellationToken
        );
    }

    /// <summary>The same for distributions that somebody chose, within a limit.</summary>
    public static async Task<(RouteTable Routes, string? Problem)> ReadAsync(
        RouteTable routes,
        IEnumerable<Distribution> distributions,
        RunFacts run,
        ReadTags? read,
        TimeSpan limit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(routes);
        var wanted = distributions
            .DistinctBy(distribution => distribution.Id, StringComparer.Ordinal)
            .Where(distribution => routes.NeedsTagsOf(distribution, run))
            .ToList();
        var lost =
            routes.NeedsPaths && run.Accounts.All(account => account.Account.Path is null)
                ? "The accounts' paths in the organization are not known, so no route was chosen by them: they are read in a scan of the organization."
                : null;
        if (wanted.Count == 0)
        {
            return (routes, lost);
        }

        var found = new ConcurrentDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var fault = read is null
            ? "this inventory contains no tags."
            : await ReadAllAsync(wanted, read, found, limit, time, cancellationToken);
        var missing = wanted.Count - found.Count;
        var unread = fault is null
            ? null
            : $"The tags of {missing} {(missing == 1 ? "distribution" : "distributions")} could not be read, so no route was chosen by them: {fault}";
        return (
            routes with
            {
                Tags = found.ToDictionary(StringComparer.Ordinal),
            },
            lost is null ? unread
            : unread is null ? lost
            : $"{lost} {unread}"
        );
    }

    /// <summary>What went wrong; null where nothing did. The first fault ends it: it is most likely that of all.</summary>
    private static async Task<string?> ReadAllAsync(
        IReadOnlyList<Distribution> wanted,
        ReadTags read,
        ConcurrentDictionary<string, IReadOnlyList<string>> found,
        TimeSpan limit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            await Parallel.ForEachAsync(
                wanted,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = either.Token },
                async (distribution, token) => found[distribution.Id] = await read(distribution, token)
            );
            return null;
        }
        catch (InventoryException exception)
        {
            return exception.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"CloudFront did not answer within {limit.TotalSeconds:0} s.";
        }
    }
}
