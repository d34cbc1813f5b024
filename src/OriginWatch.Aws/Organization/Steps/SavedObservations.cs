using OriginWatch.Probing.Recorded;
using OriginWatch.Text;

namespace OriginWatch.Aws.Organization.Steps;

/// <summary>What the probe steps left.</summary>
/// <param name="Records">Of all shards that came back.</param>
/// <param name="Shards">How many there were.</param>
/// <param name="Lost">Why the others did not, one clause each.</param>
internal sealed record SavedObservations(IReadOnlyList<ProbeRecord> Records, int Shards, IReadOnlyList<string> Lost)
{
    private const int MostNamed = 3;

    /// <summary>The start of a sentence on the targets that were not reached.</summary>
    public string MissingBecause =>
        Lost.Count == 0
            ? "The steps that probe ran out of time"
            : $"{Lost.Count} of {Shards} {(Shards == 1 ? "shard" : "shards")} left no observations "
                + $"({string.Join("; ", Lost.Take(MostNamed))}{(Lost.Count > MostNamed ? $"; and {Lost.Count - MostNamed} more" : "")})";

    public static async Task<SavedObservations> ReadAsync(
        IReadOnlyList<int> shards,
        IRunFiles files,
        RunKeys keys,
        CancellationToken cancellationToken
    )
    {
        var (records, lost) = (new List<ProbeRecord>(), new List<string>());
        foreach (var shard in shards)
        {
            try
            {
                records.AddRange(await ReadAsync(shard, files, keys, cancellationToken));
            }
            catch (OperatorException exception)
            {
                lost.Add($"shard {shard}: {exception.Message.TrimEnd('.')}");
            }
        }

        return new(records, shards.Count, lost);
    }

    private static async Task<IReadOnlyList<ProbeRecord>> ReadAsync(
        int shard,
        IRunFiles files,
        RunKeys keys,
        CancellationToken cancellationToken
    )
    {
        if (await files.ReadAsync(keys.Observations(shard), ObservationFile.MaxBytes, cancellationToken) is { } content)
        {
            return ObservationFile.Read(content);
        }

        var failure = StepFailure.Read(await files.ReadAsync(keys.ShardFailure(shard), StepFailure.MaxBytes, cancellationToken));
        throw new OperatorException($"the step that probes it ended without a result, {failure?.Reason ?? "no reason is known"}");
    }
}
