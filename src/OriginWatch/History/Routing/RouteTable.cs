using OriginWatch.Audit;
using OriginWatch.Inventory;
using OriginWatch.Inventory.Organization;

namespace OriginWatch.History.Routing;

/// <summary>The routes as this run uses them. The first one that takes a distribution gets it; what none takes goes to the default
/// topic.</summary>
/// <param name="Routes">In the file's order; none when the file is malformed.</param>
/// <param name="Problem">Why the whole file is ignored, as one sentence; null when it is not.</param>
public sealed record RouteTable(IReadOnlyList<Route> Routes, string? Problem)
{
    public static readonly RouteTable Empty = new([], null);

    /// <summary>What is wrong with the file, as one clause; null when nothing is.</summary>
    public string? Fault { get; init; }

    private readonly HashSet<string> _topics = [.. Routes.Select(route => route.Topic).OfType<string>()];

    /// <summary>KEY=VALUE by distribution id, of those that were asked for.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Tags { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>True where the accounts' paths in the organization decide, so that they must be known.</summary>
    public bool NeedsPaths => Routes.Any(route => route.Paths.Count > 0);

    /// <summary>What the routes ask of tags, KEY=VALUE with * and ?; empty where none depends on them.</summary>
    public IReadOnlySet<string> TagPatterns => Routes.SelectMany(route => route.Tags).ToHashSet(StringComparer.Ordinal);

    /// <summary>The topics beside the default one.</summary>
    public IReadOnlyCollection<string> Topics => _topics;

    /// <summary>True where tags decide about the distribution and nobody has asked for them.</summary>
    public bool NeedsTagsOf(Distribution distribution, RunFacts run) => !TryFind(SubjectOf(distribution, run), out _);

    /// <summary>The same where only the account is known.</summary>
    public bool NeedsTagsOf(Distribution distribution, Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        return !TryFind(SubjectOf(distribution, account.Id, account.Path), out _);
    }

    /// <summary>True where tags may decide about some distribution of the account.</summary>
    public bool MayNeedTagsOf(Account account) => Routes.Any(route => route.Tags.Count > 0 && route.MayTake(account));

    /// <summary>Null where no route takes it, and where its tags are not known.</summary>
    public Route? RouteOf(Distribution distribution, RunFacts run) => TryFind(SubjectOf(distribution, run), out var route) ? route : null;

    /// <summary>True for the default topic, and for one that a route names.</summary>
    internal bool Knows(string? topic) => topic is null || _topics.Contains(topic);

    /// <summary>Names of the routes that lead to a topic.</summary>
    internal IReadOnlyList<string> NamesOf(string topic) => [.. Routes.Where(route => route.Topic == topic).Select(route => route.Name)];

    /// <summary>False where tags decide and nobody knows them.</summary>
    internal bool TryFind(RoutedSubject subject, out Route? found)
    {
        found = null;
        foreach (var route in Routes)
        {
            switch (route.Takes(subject))
            {
                case true:
                    found = route;
                    return true;
                case null:
                    return false;
            }
        }

        return true;
    }

    private RoutedSubject SubjectOf(Distribution distribution, RunFacts run)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        ArgumentNullException.ThrowIfNull(run);
        var account = distribution.AccountId ?? run.AccountId;
        return SubjectOf(distribution, account, PathOf(account, run));
    }

    private RoutedSubject SubjectOf(Distribution distribution, string? accountId, string? path)
    {
        ArgumentNullException.ThrowIfNull(distribution);
        return new(
            accountId,
            path,
            distribution.Id,
            distribution.Aliases,
            Tags.GetValueOrDefault(distribution.Id) ?? distribution.RouteTags
        );
    }

    internal static string? PathOf(string? account, RunFacts run) =>
        run.Accounts.FirstOrDefault(reading => reading.Account.Id == account)?.Account.Path;
}
