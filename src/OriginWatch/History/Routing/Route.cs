using OriginWatch.Inventory;
using OriginWatch.Inventory.Organization;

namespace OriginWatch.History.Routing;

/// <summary>Whose mail is about which distributions. Every criterion that is given must match, of its values any.</summary>
public sealed record Route
{
    /// <summary>For people: in the mail, and in what is said about the file.</summary>
    public required string Name { get; init; }

    /// <summary>The ARN of the SNS topic; null for the default one.</summary>
    public string? Topic { get; init; }

    /// <summary>Account ids.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    /// <summary>Organizational units, as <see cref="AccountFilter"/> takes them: everything below them belongs to them.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    public IReadOnlyList<string> Distributions { get; init; } = [];

    /// <summary>Patterns with * and ? for alternate domain names.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>KEY=VALUE, patterns with * and ?.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Where it stands in the file, for people.</summary>
    public int Line { get; init; }

    /// <summary>"shop (line 2)".</summary>
    public override string ToString() => $"{Name} (line {Line})";

    /// <summary>False where it takes nothing of the account.</summary>
    internal bool MayTake(Account account) =>
        (Accounts.Count == 0 || Accounts.Contains(account.Id, StringComparer.Ordinal))
        && (Paths.Count == 0 || (account.Path is not null && Paths.Any(path => AccountFilter.Covers(path, account))));

    /// <summary>Null where tags decide and nobody knows them.</summary>
    internal bool? Takes(RoutedSubject subject)
    {
        return !MayTake(new Account(subject.AccountId ?? "") { Path = subject.Path })
            || (Distributions.Count > 0 && !Distributions.Contains(subject.DistributionId, StringComparer.Ordinal))
            || (Aliases.Count > 0 && !subject.Aliases.Any(alias => Glob.MatchesAny(Aliases, alias)))
                ? false
            : Tags.Count == 0 ? true
            : subject.Tags?.Any(tag => Glob.MatchesAny(Tags, tag));
    }
}

/// <summary>What decides about the route of a distribution, or of an account as a whole.</summary>
/// <param name="AccountId">Null where nobody knows.</param>
/// <param name="Path">Of the account in its organization; null where nobody knows.</param>
/// <param name="DistributionId">Empty for the account as a whole.</param>
/// <param name="Aliases">Its alternate domain names.</param>
/// <param name="Tags">KEY=VALUE; null where nobody asked or AWS did not answer.</param>
internal sealed record RoutedSubject(
    string? AccountId,
    string? Path,
    string DistributionId,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string>? Tags
);
