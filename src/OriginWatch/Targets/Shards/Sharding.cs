using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace OriginWatch.Targets.Shards;

/// <summary>
/// Cuts the targets of a plan into shards. All targets of a domain name are in one shard, since what is asked under the origin's own name
/// and the retry belong together.
/// </summary>
public static class Sharding
{
    /// <summary>Half of what one function probes in its time.</summary>
    public const int MostTargets = 25_000;

    /// <summary>Hashes are not even: more shards are tried until all are small enough, and no more than this times as many as would do if
    /// they were.</summary>
    private const int MostTries = 4;

    /// <summary>In the order of the plan within each shard; none for no targets.</summary>
    public static IReadOnlyList<IReadOnlyList<ShardTarget>> Cut(IReadOnlyList<ShardTarget> targets, int mostTargets = MostTargets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var least = (targets.Count + mostTargets - 1) / mostTargets;
        for (var shards = least; shards < MostTries * least; shards++)
        {
            if (Cut(targets, shards, mostTargets) is { } cut)
            {
                return cut;
            }
        }

        return least == 0 ? [] : Cut(targets, MostTries * least, int.MaxValue)!;
    }

    private static IReadOnlyList<IReadOnlyList<ShardTarget>>? Cut(IReadOnlyList<ShardTarget> targets, int shards, int mostTargets)
    {
        var cut = Enumerable.Range(0, shards).Select(_ => new List<ShardTarget>()).ToArray();
        foreach (var target in targets)
        {
            cut[ShardOf(target.Target.DomainName, shards)].Add(target);
        }

        return Array.TrueForAll(cut, shard => shard.Count <= mostTargets) ? [.. cut.Where(shard => shard.Count > 0)] : null;
    }

    private static int ShardOf(string domainName, int shards)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(domainName.ToUpperInvariant()));
        return (int)(BinaryPrimitives.ReadUInt32BigEndian(hash) % (uint)shards);
    }
}
