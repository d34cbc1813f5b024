using Microsoft.Extensions.Time.Testing;
using OriginWatch.Inventory;
using OriginWatch.Inventory.Organization;
using Shouldly;
using Xunit;

namespace OriginWatch.Tests.Inventory.Organization;

public sealed class OrganizationInventoryTests
{
    private const string One = "111111111111";
    private const string Two = "222222222222";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Distributions_of_all_accounts_are_one_listing_that_knows_whose_they_are()
    {
        var listing = await ReadAsync(
            new FakeAccount(One, Distribution("E1"), Distribution("E2")).Source,
            new FakeAccount(Two, Distribution("E3")).Source
        );
        listing
            .Distributions.Select(distribution => (distribution.Id, distribution.AccountId))
            .ShouldBe([("E1", One), ("E2", One), ("E3", Two)]);
        listing
            .Accounts.Select(account => (account.Account.Id, account.Outcome, account.Distributions))
            .ShouldBe([(One, AccountOutcome.Read, 2), (Two, AccountOutcome.Read, 1)]);
        listing.AccountId.ShouldBe("999999999999");
        listing.Remarks.ShouldBe([$"Account {One} (name of {One}): said of E1", $"Account {Two} (name of {Two}): said of E3"]);
    }

    [Fact]
    public async Task An_account_that_is_denied_breaks_off_or_crashes_is_data_and_the_others_are_read()
    {
        var listing = await ReadAsync(
            new FakeAccount("100000000001") { Instead = _ => throw new InventoryException("AWS denied it.") { IsDenied = true } }.Source,
            new FakeAccount("100000000002") { Instead = _ => throw new InventoryException("It broke off.") }.Source,
            new FakeAccount("100000000003") { Instead = _ => throw new InvalidOperationException("boom") }.Source,
            FakeAccount.Closed("100000000004"),
            new FakeAccount(One, Distribution("E1")).Source
        );
        listing.Distributions.ShouldHaveSingleItem();
        listing
            .Accounts.Select(account => account.Outcome)
            .ShouldBe([AccountOutcome.Denied, AccountOutcome.Failed, AccountOutcome.Failed, AccountOutcome.Skipped, AccountOutcome.Read]);
        listing.Accounts.Select(account => account.IsGap).ShouldBe([true, true, true, false, false]);
        listing.Accounts[0].Reason.ShouldBe("AWS denied it.");
        listing.Accounts[2].Reason.ShouldNotBeNull().ShouldContain("InvalidOperationException: boom");
    }

    [Fact]
    public async Task An_account_that_never_answers_costs_its_own_time_only()
    {
        var time = new FakeTimeProvider();
        var reading = ReadAsync(
            time,
            new FakeAccount(One, Distribution("E1")).Source,
            new FakeAccount(Two) { Instead = token => Task.Delay(Timeout.Infinite, token) }.Source
        );
        while (!reading.IsCompleted)
        {
            time.Advance(Limit);
            await Task.Yield();
        }

        (await reading).Accounts[1].Reason.ShouldNotBeNull().ShouldStartWith("It was not read within 240 s.");
    }

    [Fact]
    public async Task At_most_20_accounts_are_read_at_a_time()
    {
        var (running, most) = (0, 0);
        async Task Count(CancellationToken token)
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            await Task.Delay(1, token);
            Interlocked.Decrement(ref running);
        }

        await ReadAsync([
            .. Enumerable.Range(0, 100).Select(number => new FakeAccount($"{100000000000 + number}") { Instead = Count }.Source),
        ]);
        most.ShouldBeInRange(2, 20);
    }

    [Fact]
    public async Task A_shared_VPC_origin_is_read_by_its_owner_and_by_its_user_where_the_owner_is_not_in_the_scan()
    {
        var owner = new FakeAccount(One) { VpcOrigins = Endpoint("vo_shared") };
        var user = new FakeAccount(Two, Distribution("E1", Vpc("vo_shared", One), Vpc("vo_elsewhere", "333333333333")));
        var listing = await ReadAsync(owner.Source, user.Source);
        owner.AskedForVpcOrigins.ShouldBe(["vo_shared"]);
        user.AskedForVpcOrigins.ShouldBe(["vo_elsewhere"]);
        listing.VpcOrigins.Keys.ShouldBe(["vo_shared"]);
        listing.Remarks.ShouldContain($"Account {Two} (name of {Two}): VPC origin vo_elsewhere could not be read: denied");
    }

    [Theory]
    [InlineData("111111111111", true)]
    [InlineData("222222222222", false)]
    [InlineData("r-ab12", true)]
    [InlineData("o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/", true)]
    [InlineData("ou-ab12-11111111", true)]
    [InlineData("ou-ab12-11111111/ou-ab12-22222222", true)]
    [InlineData("ou-ab12-22222222", true)]
    [InlineData("ou-ab12-22222222/ou-ab12-11111111", false)]
    [InlineData("ou-ab12-1111111", false)]
    public void An_entry_covers_an_account_or_what_is_below_its_units(string entry, bool covers) =>
        AccountFilter.Covers(entry, new Account(One) { Path = "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/ou-ab12-22222222" }).ShouldBe(covers);

    [Fact]
    public void Excluding_takes_precedence()
    {
        new AccountFilter(["r-ab12"], [One]).ExcludedBecause(new Account(One) { Path = "r-ab12" }).ShouldBe($"excluded by {One}");
        new AccountFilter([Two], []).ExcludedBecause(new Account(One)).ShouldBe("not among the included accounts");
        new AccountFilter([], []).ExcludedBecause(new Account(One)).ShouldBeNull();
    }

    [Theory]
    [InlineData("12345678901")]
    [InlineData("shop")]
    [InlineData("ou-ab12-11111111/")]
    [InlineData("ou-AB12-11111111")]
    public void Only_ids_are_entries(string entry) => AccountFilter.IsValid(entry).ShouldBe(entry.EndsWith('/'));

    private static Task<Listing> ReadAsync(params AccountSource[] sources) => ReadAsync(TimeProvider.System, sources);

    private static Task<Listing> ReadAsync(TimeProvider time, params AccountSource[] sources) =>
        new OrganizationInventory(_ => Task.FromResult(new AccountList("999999999999", sources)), Limit, time).ReadAsync(Token);

    private static Distribution Distribution(string id, params Origin[] origins) => Given.Distribution(origins) with { Id = id };

    private static Origin Vpc(string id, string owner) =>
        Given.Origin(id) with
        {
            CustomOriginConfig = null,
            VpcOriginId = id,
            VpcOriginOwnerId = owner,
        };

    private static Dictionary<string, VpcOriginEndpoint> Endpoint(string id) =>
        new(StringComparer.Ordinal) { [id] = new(id, "arn:lb", new("https-only"), [], 80, 443) };

    private static void InterlockedMax(ref int most, int value)
    {
        for (int seen; (seen = Volatile.Read(ref most)) < value && Interlocked.CompareExchange(ref most, value, seen) != seen; ) { }
    }
}
