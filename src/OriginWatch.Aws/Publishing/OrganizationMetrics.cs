using OriginWatch.Audit;
using OriginWatch.History;
using OriginWatch.Inventory.Organization;

namespace OriginWatch.Aws.Publishing;

/// <summary>The numbers of a run over an organization, beside those of every run. Zero is sent as zero.</summary>
public static class OrganizationMetrics
{
    public const string OrganizationDimension = "OrganizationId";
    private const string Count = "Count";

    /// <summary>In the order of the README.</summary>
    public static IReadOnlyList<MetricDefinition> Own { get; } =
    [
        new("AccountsListed", Count, "accounts of the organization"),
        new("AccountsScanned", Count, "accounts whose whole inventory was read"),
        new("AccountsDenied", Count, "accounts whose role could not be assumed, or does not allow a read"),
        new("AccountsFailed", Count, "accounts whose reading broke off, took too long or crashed"),
        new("AccountsSkipped", Count, "accounts that are closed, suspended, not active yet or excluded"),
        new("TargetsShared", Count, "targets that more than one account uses"),
        new("ShardsLost", Count, "shards of targets whose probe step left no observations"),
    ];

    public static IReadOnlyList<MetricDefinition> All { get; } = [.. RunMetrics.All, .. Own];

    /// <param name="run">The numbers of every run.</param>
    /// <param name="review">Null where nothing was judged.</param>
    /// <param name="shardsLost">Of the run.</param>
    internal static IReadOnlyDictionary<string, double> AddTo(IReadOnlyDictionary<string, double> run, RunReview? review, int shardsLost)
    {
        if (review is null)
        {
            return run;
        }

        var accounts = review.Report.Run.Accounts;
        return new Dictionary<string, double>(run, StringComparer.Ordinal)
        {
            ["AccountsListed"] = accounts.Count,
            ["AccountsScanned"] = accounts.Count(account => account.Outcome == AccountOutcome.Read),
            ["AccountsDenied"] = accounts.Count(account => account.Outcome == AccountOutcome.Denied),
            ["AccountsFailed"] = accounts.Count(account => account.Outcome == AccountOutcome.Failed),
            ["AccountsSkipped"] = accounts.Count(account => account.Outcome == AccountOutcome.Skipped),
            ["TargetsShared"] = Shared(review.Report),
            ["ShardsLost"] = shardsLost,
        };
    }

    /// <summary>Three numbers of an account that was read, for dashboards of its owner; none of another, whose silence is not
    /// zero.</summary>
    internal static IReadOnlyDictionary<string, double> OfAccount(AccountSummary account) =>
        account.Reading.Outcome != AccountOutcome.Read
            ? new Dictionary<string, double>(StringComparer.Ordinal)
            : new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["DistributionsListed"] = account.Reading.Distributions,
                ["OriginsRejected"] = account.Failing,
                ["OriginsUndetermined"] = account.Undetermined,
            };

    private static int Shared(AuditReport report) =>
        report
            .Origins.SelectMany(origin => origin.Planned.Names.Select(name => (name.Target, origin.Planned.Distribution.AccountId)))
            .Distinct()
            .CountBy(use => use.Target)
            .Count(target => target.Value > 1);
}
