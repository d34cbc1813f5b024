using OriginWatch.Aws.Organization;
using OriginWatch.Inventory;
using OriginWatch.Inventory.Organization;
using Shouldly;
using Xunit;

namespace OriginWatch.Tests.Aws.Organization;

/// <summary>Accounts of moto, whose roles come from the template and are assumed as their trust policies say.</summary>
public sealed class AwsOrganizationTests
{
    private const string RoleName = "OriginWatchMember";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_account_is_read_through_its_role_or_says_why_not()
    {
        Tools.SkipOrFail(await MotoServer.MissingAsync());
        PlannedAccount[] plan =
        [
            new("shop", Distribution("E1"), Distribution("E2"), Distribution("E3")) { Unit = "web" },
            new("norole") { Role = false },
            new("external", Distribution("E4")) { ExternalId = "abc-123" },
            new("closed", Distribution("E5")) { Closed = true },
        ];
        await using var moto = await MotoOrganization.StartAsync(
            plan,
            new Dictionary<string, int>(StringComparer.Ordinal) { [MotoOrganization.Id(1)] = 1 },
            Token
        );

        var listing = await ReadAsync(moto, new AccountChoice.Organization(RoleName, ExternalId: null, new AccountFilter([], [])));
        listing
            .Distributions.Select(distribution => (distribution.Id, distribution.AccountId))
            .ShouldBe([("E1", MotoOrganization.Id(1)), ("E2", MotoOrganization.Id(1)), ("E3", MotoOrganization.Id(1))], "from three pages");
        listing
            .Accounts.Select(account => (account.Account.Name, account.Outcome))
            .ShouldBe(
                [
                    ("master", AccountOutcome.Read),
                    ("shop", AccountOutcome.Read),
                    ("norole", AccountOutcome.Denied),
                    ("external", AccountOutcome.Denied),
                    ("closed", AccountOutcome.Skipped),
                ],
                ignoreOrder: true
            );
        listing
            .Accounts.Single(account => account.Account.Name == "norole")
            .Reason.ShouldNotBeNull()
            .ShouldContain("could not be assumed. Deploy src/organization/member-role.yaml");
        listing.AccountId.ShouldBe(MotoOrganization.Caller);

        var withId = await ReadAsync(
            moto,
            new AccountChoice.Roles([MemberRole.Parse($"arn:aws:iam::{MotoOrganization.Id(3)}:role/{RoleName}", "abc-123")!])
        );
        withId.Distributions.ShouldHaveSingleItem().Id.ShouldBe("E4");

        var unit = await ReadAsync(moto, new AccountChoice.Organization(RoleName, ExternalId: null, new([moto.Unit("web")], [])));
        unit.Accounts.Where(account => account.Outcome == AccountOutcome.Read)
            .ShouldHaveSingleItem()
            .Account.Path.ShouldNotBeNull()
            .ShouldEndWith(moto.Unit("web"));
        unit.Accounts.Count(account => account.Outcome == AccountOutcome.Skipped).ShouldBe(4);

        using var organization = Open(moto, new AccountChoice.Organization(RoleName, ExternalId: null, new AccountFilter([], [])));
        var check = await AccountCheck.RunAsync(organization, progress: null, Token);
        check
            .Where(account => account.Problem is not null)
            .Select(account => account.Account.Name)
            .ShouldBe(["norole", "external"], ignoreOrder: true);
    }

    private static async Task<Listing> ReadAsync(MotoOrganization moto, AccountChoice choice)
    {
        using var organization = Open(moto, choice);
        return await organization.ReadAsync(Token);
    }

    private static AwsOrganization Open(MotoOrganization moto, AccountChoice choice) =>
        new(LoopbackClients.On(moto.Url, moto.Function), choice, clientCertificates: false, TimeProvider.System);

    private static PlannedDistribution Distribution(string id) =>
        new(id, [], new PlannedOrigin("origin", "origin.test", 443, Protocols: "TLSv1.2"));
}
