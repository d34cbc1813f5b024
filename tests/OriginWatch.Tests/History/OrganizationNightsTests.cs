using OriginWatch.Audit;
using OriginWatch.History;
using OriginWatch.Inventory.Organization;
using OriginWatch.Rules;
using OriginWatch.Tests.Reporting;
using Shouldly;
using Xunit;
using static OriginWatch.Tests.Night;

namespace OriginWatch.Tests.History;

/// <summary>What becomes of findings whose account a run did not read.</summary>
public sealed class OrganizationNightsTests
{
    private const string Shop = "111111111111";
    private const string News = "222222222222";
    private readonly Nights _nights = new();

    [Theory]
    [InlineData(AccountOutcome.Denied)]
    [InlineData(AccountOutcome.Failed)]
    public async Task Findings_of_an_account_that_could_not_be_read_stay_open_and_count(AccountOutcome outcome)
    {
        await RunAsync([Refused("a", "E1SHOP"), Refused("b", "E2NEWS")], Read(Shop), Read(News));
        var night = await NextAsync([Refused("a", "E1SHOP")], Read(Shop), Missing(News, outcome));
        night.Review.Changes.Changes.ShouldAllBe(change => change.Kind == ChangeKind.Ongoing);
        night.Review.Counts.Failing.ShouldBe(2);
        night.Review.Report.Run.Complete.ShouldBeFalse();
        _nights.Store.State!.Findings.Select(finding => finding.AccountId).ShouldBe([Shop, News], ignoreOrder: true);
        _nights.Store.State.Origins.Keys.ShouldBe(["E1SHOP/a", "E2NEWS/b"]);

        var later = await NextAsync([Refused("a", "E1SHOP"), Good("b", "E2NEWS")], Read(Shop), Read(News));
        later.Review.Changes.Of(ChangeKind.Resolved).ShouldHaveSingleItem().Record.AccountId.ShouldBe(News);
    }

    [Theory]
    [InlineData(true, "account 222222222222 is not scanned any more: the account is closed")]
    [InlineData(false, "account 222222222222 is not scanned any more")]
    public async Task Findings_of_an_account_that_was_closed_or_has_left_are_gone_and_the_run_is_complete(bool isListed, string because)
    {
        await RunAsync([Good("a", "E1SHOP"), Refused("b", "E2NEWS")], Read(Shop), Read(News));
        var night = await NextAsync(
            [Good("a", "E1SHOP")],
            isListed ? [Read(Shop), new(new Account(News), AccountOutcome.Skipped, "the account is closed")] : [Read(Shop)]
        );
        night.Review.Changes.Of(ChangeKind.Gone).ShouldHaveSingleItem().Because.ShouldBe(because);
        night.Review.Report.Run.Complete.ShouldBeTrue();
    }

    [Theory]
    [InlineData(5, 16, true)]
    [InlineData(4, 4, false)]
    [InlineData(5, 17, false)]
    public async Task Where_many_accounts_are_denied_at_once_our_own_permissions_are_suspected_first(
        int denied,
        int accounts,
        bool suspected
    )
    {
        AccountReading[] all = [.. Enumerable.Range(0, accounts).Select(number => Read($"{100000000000 + number}"))];
        await RunAsync([Good("a", "E1SHOP")], all);
        AccountReading[] later =
        [
            .. all.Select((account, index) => index < denied ? Missing(account.Account.Id, AccountOutcome.Denied) : account),
        ];
        var sentence =
            $"{denied} of {accounts} accounts that were read last time are denied now: check the scanning identity's own permissions first";
        for (var night = 0; night < 2; night++)
        {
            var because = (await NextAsync([Good("a", "E1SHOP")], later)).Review.Report.Run.IncompleteBecause.ShouldNotBeNull();
            because.StartsWith(sentence, StringComparison.Ordinal).ShouldBe(suspected);
        }
    }

    private Task<RunOutcome> RunAsync(SampleOrigin[] origins, params AccountReading[] accounts) =>
        _nights.RunAsync(Of(Report(_nights.Now, origins), accounts));

    private Task<RunOutcome> NextAsync(SampleOrigin[] origins, params AccountReading[] accounts)
    {
        _nights.Time.Advance(TimeSpan.FromDays(1));
        return RunAsync(origins, accounts);
    }

    /// <summary>The same report as a scan of several accounts makes it.</summary>
    private static AuditReport Of(AuditReport report, AccountReading[] accounts)
    {
        OriginReport WithAccount(OriginReport origin)
        {
            var distribution = origin.Planned.Distribution with { AccountId = origin.Planned.Distribution.Id == "E2NEWS" ? News : Shop };
            return origin with { Observation = origin.Observation with { Planned = origin.Planned with { Distribution = distribution } } };
        }

        var gaps = AccountGaps.Sentence(accounts);
        return ReportBuilder.Rebuild(
            report with
            {
                Run = report.Run with { Accounts = accounts, IncompleteBecause = gaps },
            },
            [.. report.Origins.Select(WithAccount)]
        );
    }

    private static AccountReading Read(string id) => new(new Account(id), AccountOutcome.Read);

    private static AccountReading Missing(string id, AccountOutcome outcome) => new(new Account(id), outcome, "It could not be read.");
}
