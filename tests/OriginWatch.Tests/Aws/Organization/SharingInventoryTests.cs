using OriginWatch.Aws.Organization.Steps;
using OriginWatch.Inventory;
using OriginWatch.Inventory.Organization;
using OriginWatch.Tests.Inventory.Organization;

namespace OriginWatch.Tests.Aws.Organization;

public sealed class SharingInventoryTests
{
    private const string One = "111111111111";
    private const string Owner = "222222222222";
    private static readonly VpcOriginEndpoint Endpoint = new("vo_1", "arn:x", OriginProtocolPolicy.HttpsOnly, [], 80, 443);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, true, Owner)]
    [InlineData(false, true, One)]
    [InlineData(true, false, One)]
    public async Task A_shared_VPC_origin_is_read_in_the_account_that_owns_it_where_that_is_in_the_run_and_can_be_opened(
        bool isInRun,
        bool opens,
        string expected
    )
    {
        var user = new FakeAccount(One, Given.Distribution(Sample.Vpc() with { VpcOriginOwnerId = Owner })) { VpcOrigins = Owning() };
        var owner = new FakeAccount(Owner) { VpcOrigins = Owning() };
        var inventory = new SharingInventory(
            user,
            _ =>
                Task.FromResult<IReadOnlySet<string>>(
                    isInRun
                        ? new HashSet<string>(StringComparer.Ordinal) { One, Owner }
                        : new HashSet<string>(StringComparer.Ordinal) { One }
                ),
            (id, _) => Task.FromResult<IAccountInventory?>(id == Owner && opens ? owner : null)
        );

        var listing = await inventory.ReadAsync(Token);

        listing.VpcOrigins["vo_1"].ShouldBe(Endpoint);
        (owner.AskedForVpcOrigins.Count > 0 ? Owner : One).ShouldBe(expected);
        user.AskedForVpcOrigins.Count.ShouldBe(expected == One ? 1 : 0);
    }

    [Fact]
    public async Task What_the_owner_cannot_read_is_told_with_its_account_and_an_own_one_asks_for_no_list_of_accounts()
    {
        var user = new FakeAccount(One, Given.Distribution(Sample.Vpc() with { VpcOriginOwnerId = Owner }));
        var shared = new SharingInventory(
            user,
            _ => Task.FromResult<IReadOnlySet<string>>(new HashSet<string>(StringComparer.Ordinal) { Owner }),
            (_, _) => Task.FromResult<IAccountInventory?>(new FakeAccount(Owner))
        );
        (await shared.ReadAsync(Token)).Remarks.ShouldContain($"Account {Owner}, which owns it: VPC origin vo_1 could not be read: denied");

        var own = new SharingInventory(
            new FakeAccount(One, Given.Distribution()),
            _ => throw new InvalidOperationException("not needed"),
            (_, _) => throw new InvalidOperationException("not needed")
        );
        (await own.ReadAsync(Token)).Distributions.ShouldHaveSingleItem();
    }

    private static Dictionary<string, VpcOriginEndpoint> Owning() => new(StringComparer.Ordinal) { ["vo_1"] = Endpoint };
}
