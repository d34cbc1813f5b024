using OriginWatch.Inventory;
using OriginWatch.Inventory.Organization;

namespace OriginWatch.Tests.Inventory.Organization;

/// <summary>An account as a test wants it: its distributions, or what reading it does instead.</summary>
internal sealed class FakeAccount(string id, params IReadOnlyList<Distribution> distributions) : IAccountInventory
{
    public Func<CancellationToken, Task>? Instead { get; init; }

    /// <summary>VPC origins that this account owns.</summary>
    public IReadOnlyDictionary<string, VpcOriginEndpoint> VpcOrigins { get; init; } =
        new Dictionary<string, VpcOriginEndpoint>(StringComparer.Ordinal);

    public List<string> AskedForVpcOrigins { get; } = [];

    public AccountSource Source => new(new Account(id, $"name of {id}"), this);

    public static AccountSource Closed(string id) => new(new Account(id), Inventory: null, "the account is closed");

    public async Task<Listing> ReadAsync(CancellationToken cancellationToken)
    {
        if (Instead is not null)
        {
            await Instead(cancellationToken);
        }

        return new()
        {
            AccountId = id,
            Distributions = distributions,
            Remarks = [.. distributions.Take(1).Select(distribution => $"said of {distribution.Id}")],
        };
    }

    public Task<(IReadOnlyDictionary<string, VpcOriginEndpoint> Found, IReadOnlyList<string> Remarks)> ReadVpcOriginsAsync(
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    )
    {
        AskedForVpcOrigins.AddRange(ids);
        var found = VpcOrigins.Where(origin => ids.Contains(origin.Key)).ToDictionary(StringComparer.Ordinal);
        return Task.FromResult(
            (
                (IReadOnlyDictionary<string, VpcOriginEndpoint>)found,
                (IReadOnlyList<string>)
                    [.. ids.Where(id => !found.ContainsKey(id)).Select(id => $"VPC origin {id} could not be read: denied")]
            )
        );
    }
}
