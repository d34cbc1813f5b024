using System.Collections.Immutable;
using OriginWatch.Text;

namespace OriginWatch.Inventory.Organization;

/// <summary>The inventory of one account among several.</summary>
public interface IAccountInventory : IInventorySource
{
    /// <summary>VPC origins of this account that another account uses through RAM; those that cannot be read are absent and remarked
    /// upon.</summary>
    Task<(IReadOnlyDictionary<string, VpcOriginEndpoint> Found, IReadOnlyList<string> Remarks)> ReadVpcOriginsAsync(
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    );
}

/// <summary>An account to read, or the reason why it is not.</summary>
/// <param name="Account">Which.</param>
/// <param name="Inventory">Null with <paramref name="SkippedBecause"/>.</param>
/// <param name="SkippedBecause">One clause.</param>
public sealed record AccountSource(Account Account, IAccountInventory? Inventory, string? SkippedBecause = null);

/// <summary>The accounts of a scan.</summary>
/// <param name="ScannedBy">The account that scans; the history belongs to it.</param>
/// <param name="Sources">In the order of the report.</param>
public sealed record AccountList(string? ScannedBy, IReadOnlyList<AccountSource> Sources);

/// <summary>
/// The distributions of several accounts as one listing, so that an endpoint that many of them use is one target.
/// An account that cannot be read is data: it stands in <see cref="Listing.Accounts"/> with its reason, and the others are read all the
/// same.
/// </summary>
/// <param name="list">Names the accounts; what it throws ends the run.</param>
/// <param name="limit">For one account, so that none of them takes the time of all.</param>
/// <param name="time">For the limit.</param>
public sealed class OrganizationInventory(Func<CancellationToken, Task<AccountList>> list, TimeSpan limit, TimeProvider time)
    : IInventorySource
{
    /// <summary>Each account has its own request rate at CloudFront, and STS takes far more.</summary>
    private const int AccountsAtOnce = 20;

    public async Task<Listing> ReadAsync(CancellationToken cancellationToken)
    {
        var accounts = await list(cancellationToken);
        var read = new AccountListing[accounts.Sources.Count];
        await Parallel.ForEachAsync(
            accounts.Sources.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce, CancellationToken = cancellationToken },
            async (item, token) => read[item.Index] = await ReadAsync(item.Item, limit, time, token)
        );
        var merged = Merge(accounts.ScannedBy, read);
        return await SharedVpcOrigins.AddToAsync(merged, read, cancellationToken);
    }

    /// <summary>Whatever becomes of the account is in the answer.</summary>
    internal static async Task<AccountListing> ReadAsync(
        AccountSource source,
        TimeSpan limit,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        if (source.Inventory is null)
        {
            return new(source, new(source.Account, AccountOutcome.Skipped, source.SkippedBecause), Listing: null);
        }

        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            var listing = await source.Inventory.ReadAsync(either.Token);
            return new(source, Reading(source.Account, listing), listing);
        }
        catch (OperatorException exception)
        {
            return new(
                source,
                new(
                    source.Account,
                    exception is InventoryException { IsDenied: true } ? AccountOutcome.Denied : AccountOutcome.Failed,
                    exception.Message
                ),
                Listing: null
            );
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(
                source,
                new(
                    source.Account,
                    AccountOutcome.Failed,
                    $"It was not read within {limit.TotalSeconds:0.#} s. Run again when CloudFront's API is less busy."
                ),
                Listing: null
            );
        }
#pragma warning disable CA1031 // One account's fault, whatever it is, must not cost the others their scan; it is told, and the run is incomplete.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return new(
                source,
                new(
                    source.Account,
                    AccountOutcome.Failed,
                    $"Reading it failed ({exception.GetType().Name}: {exception.Message}). "
                        + "This is a fault of OriginWatch; please report it."
                ),
                Listing: null
            );
        }
    }

    private static AccountReading Reading(Account account, Listing listing) =>
        new(account, AccountOutcome.Read)
        {
            Distributions = listing.Distributions.Count,
            TagsUnreadBecause = listing.TagsUnreadBecause,
            TrafficUnreadBecause = listing.TrafficUnreadBecause,
        };

    private static Listing Merge(string? scannedBy, IReadOnlyList<AccountListing> accounts)
    {
        var read = accounts.Where(account => account.Listing is not null).ToList();
        return new()
        {
            AccountId = scannedBy,
            Accounts = [.. accounts.Select(account => account.Reading)],
            Distributions =
            [
                .. read.SelectMany(account =>
                    account.Listing!.Distributions.Select(distribution => distribution with { AccountId = account.Source.Account.Id })
                ),
            ],
            Policies = read.SelectMany(account => account.Listing!.Policies)
                .DistinctBy(policy => policy.Key, StringComparer.Ordinal)
                .ToImmutableDictionary(StringComparer.Ordinal),
            VpcOrigins = read.SelectMany(account => account.Listing!.VpcOrigins)
                .DistinctBy(origin => origin.Key, StringComparer.Ordinal)
                .ToImmutableDictionary(StringComparer.Ordinal),
            Tenants = [.. read.SelectMany(account => account.Listing!.Tenants)],
            Remarks =
            [
                .. read.SelectMany(account => account.Listing!.Remarks.Select(remark => $"Account {account.Source.Account}: {remark}")),
            ],
        };
    }
}

/// <summary>An account with what was read of it.</summary>
internal sealed record AccountListing(AccountSource Source, AccountReading Reading, Listing? Listing);
