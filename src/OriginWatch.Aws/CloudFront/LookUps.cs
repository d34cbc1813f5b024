using System.Collections.Concurrent;

namespace OriginWatch.Aws.CloudFront;

/// <summary>What was read of single things, by id, and what could not be.</summary>
internal sealed record LookUps<T>(IReadOnlyDictionary<string, T> Found, IReadOnlyList<string> Remarks);

internal static class LookUps
{
    /// <summary>CloudFront's request rate is low and not published; a few at a time is quick enough.</summary>
    private const int AtOnce = 4;

    /// <summary>Reads each distinct id once. What is denied or gone becomes a remark; any other fault ends the reading.</summary>
    /// <param name="ids">May repeat.</param>
    /// <param name="action">The IAM action that reads one.</param>
    /// <param name="what">E.g. "Cache policy".</param>
    /// <param name="read">Reads one.</param>
    /// <param name="cancellationToken">Abandons the run.</param>
    public static async Task<LookUps<T>> ReadAsync<T>(
        IEnumerable<string> ids,
        string action,
        string what,
        Func<string, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var distinct = ids.Distinct(StringComparer.Ordinal).ToList();
        var answers = new ConcurrentDictionary<string, (T? Value, string? Remark)>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            distinct,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (id, token) => answers[id] = await AwsCall.TryAsync(action, $"{what} {id}", inner => read(id, inner), token)
        );
        return new(
            answers
                .Where(answer => answer.Value.Value is not null)
                .ToDictionary(answer => answer.Key, answer => answer.Value.Value!, StringComparer.Ordinal),
            [.. distinct.Select(id => answers[id].Remark).OfType<string>()]
        );
    }
}
