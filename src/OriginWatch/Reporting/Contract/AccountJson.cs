using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using OriginWatch.Audit;
using OriginWatch.Inventory.Organization;

namespace OriginWatch.Reporting.Contract;

/// <summary>One account of a scan of several.</summary>
internal sealed record AccountJson
{
    [RegularExpression("^[0-9]{12}$")]
    public required string Id { get; init; }

    public required string? Name { get; init; }

    [Description("The organizational unit, by ids: o-.../r-.../ou-...")]
    public required string? Path { get; init; }

    [Description("denied and failed make the run incomplete.")]
    public required AccountOutcome Outcome { get; init; }

    public required string? Reason { get; init; }

    [Range(0, int.MaxValue)]
    public required int Distributions { get; init; }

    [Range(0, int.MaxValue)]
    public required int Origins { get; init; }

    [Range(0, int.MaxValue)]
    public required int OriginsFailing { get; init; }

    [Range(0, int.MaxValue)]
    public required int OriginsUndetermined { get; init; }

    [Range(0, int.MaxValue)]
    [Description("Failing, above informational, not suppressed.")]
    public required int Findings { get; init; }

    /// <summary>Null for a report on one account.</summary>
    public static IReadOnlyList<AccountJson>? Of(AuditReport report) =>
        AccountSummary.Of(report) is { Count: > 0 } accounts ? [.. accounts.Select(Of)] : null;

    private static AccountJson Of(AccountSummary account) =>
        new()
        {
            Id = Bounded.Text(account.Account.Id),
            Name = Bounded.Text(account.Account.Name),
            Path = Bounded.Text(account.Account.Path),
            Outcome = account.Reading.Outcome,
            Reason = Bounded.Text(account.Reading.Reason),
            Distributions = account.Reading.Distributions,
            Origins = account.Origins,
            OriginsFailing = account.Failing,
            OriginsUndetermined = account.Undetermined,
            Findings = account.Findings,
        };
}
