using OriginWatch.Inventory;

namespace OriginWatch.Targets;

/// <summary>Which distribution an origin's domain name belongs to, and where requests go from there.</summary>
internal sealed class DistributionLinks
{
    private readonly Dictionary<string, Distribution> _byName = new(StringComparer.Ordinal);

    public DistributionLinks(IReadOnlyList<Distribution> distributions)
    {
        foreach (var distribution in distributions.OrderBy(distribution => distribution.Staging))
        {
            foreach (var name in distribution.Aliases.Append(distribution.DomainName).Where(name => name.Length > 0))
            {
                _byName.TryAdd(ServerNames.Normalize(name), distribution);
            }
        }
    }

    /// <summary>The distribution that has the origin's domain name as its own or as an alternate one; null where none in the inventory has.
    /// Wildcards do not count.</summary>
    public Distribution? Of(Origin origin) => _byName.GetValueOrDefault(ServerNames.Normalize(origin.DomainName));

    /// <summary>True where requests that come to <paramref name="from"/> can reach <paramref name="to"/> through origins that are
    /// distributions.</summary>
    public bool Leads(Distribution from, Distribution to)
    {
        var seen = new HashSet<Distribution>(ReferenceEqualityComparer.Instance) { from };
        var open = new Queue<Distribution>([from]);
        while (open.TryDequeue(out var distribution))
        {
            foreach (var next in distribution.Origins.Select(Of).OfType<Distribution>())
            {
                if (ReferenceEquals(next, to))
                {
                    return true;
                }

                if (seen.Add(next))
                {
                    open.Enqueue(next);
                }
            }
        }

        return false;
    }
}
