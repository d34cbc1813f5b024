using OriginWatch.Audit;
using OriginWatch.History;
using OriginWatch.Inventory.Organization;
using OriginWatch.Mail;
using OriginWatch.Rules;
using OriginWatch.Tests.Reporting;
using static OriginWatch.Tests.History.Routing.RoutedNights;
using static OriginWatch.Tests.Night;

namespace OriginWatch.Tests.History.Routing;

public sealed class RoutedNightsTests
{
    private readonly Nights _nights = Routed();

    [Fact]
    public async Task Each_owner_gets_a_mail_about_his_own_part_and_the_default_topic_the_rest()
    {
        await _nights.RunAsync(Refused("cart"), Refused("feed", "E2NEWS"), Refused("blog", "E3BLOG"), Good("www", "E3BLOG"));
        _nights.SubjectsTo(Shop).ShouldBe(["[CRITICAL] www.example.org failing, 1 new (prod)"]);
        _nights.SubjectsTo(News).ShouldBe(["[CRITICAL] news.example.org failing, 1 new (prod)"]);
        _nights.SubjectsTo(null).ShouldBe(["[CRITICAL] blog.example.org failing, 1 new (prod)"]);
        _nights.Mailbox.Select(mail => mail.Attributes["scope"]).ShouldBe(["account", "route", "route"]);
        _nights.Mailbox.Select(mail => mail.Id).ShouldBeUnique();
        _nights.To(Shop)[0].Text.ShouldNotContain("blog");
        OneLine(_nights.To(null)[0]).ShouldContain($"shop: 1 origin failing, 1 finding open ({Shop})");
        await _nights.NextAsync(Refused("cart"), Good("feed", "E2NEWS"), Refused("blog", "E3BLOG"), Good("www", "E3BLOG"));
        _nights.SubjectsTo(News)[^1].ShouldBe("[OK] news.example.org resolved (prod)");
    }

    [Fact]
    public async Task Nobody_is_told_that_all_is_well_while_another_topic_hears_otherwise()
    {
        _nights.Settings = _nights.Settings with { Notify = NotifyMode.Always };
        await _nights.RunAsync(Refused("cart"), Good("feed", "E2NEWS"), Good("blog", "E3BLOG"));
        _nights.SubjectsTo(null).ShouldBe(["[OK] CloudFront origins without a route: none failing (prod)"]);
        _nights.SubjectsTo(News).ShouldBe(["[OK] CloudFront origins of route news: none failing (prod)"]);
        _nights.To(null)[0].Text.ShouldContain("All clear: no origin without a route is failing");
        _nights.To(News)[0].Text.ShouldContain("All clear: no origin of route news is failing");
    }

    [Fact]
    public async Task A_topic_that_refuses_its_mail_gets_it_first_the_next_night_and_the_others_get_theirs_once()
    {
        _nights.Accept = mail => Refuse(mail.Topic == Shop);
        var failed = await _nights.RunAsync(Refused("cart"), Refused("blog", "E3BLOG"));
        failed.Failures.ShouldHaveSingleItem();
        _nights.SubjectsTo(null).Count.ShouldBe(1);
        _nights.Store.State!.Pending.ShouldHaveSingleItem().Digest.Topic.ShouldBe(Shop);
        _nights.Accept = _ => { };
        var next = await _nights.NextAsync(Refused("cart"), Refused("blog", "E3BLOG"));
        next.Sent[0].ShouldBe(failed.Digests.Single(mail => mail.Topic == Shop).Id);
        _nights.To(Shop).Select(mail => mail.Subject).ShouldBe(["[CRITICAL] www.example.org failing, 1 new (prod)"]); // and no reminder in the same minute
        _nights.To(null).Count.ShouldBe(2); // the reminder of a Critical finding
        _nights.Store.State!.Pending.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_topic_that_stays_away_keeps_its_newest_mails_and_takes_no_room_from_others()
    {
        _nights.Accept = mail => Refuse(mail.Topic == Shop);
        for (var night = 1; night <= 9; night++)
        {
            await _nights.NextAsync(Refused("cart"), Good("blog", "E3BLOG"));
        }

        _nights.Store.State!.Pending.Count.ShouldBe(7);
        _nights.Store.State.Pending.ShouldAllBe(item => item.Digest.Topic == Shop);
        OneLine(_nights.To(null)[^1]).ShouldContain("1 of the earlier mails that could not be sent were dropped");
    }

    [Fact]
    public async Task What_is_left_for_a_topic_that_no_route_names_any_more_goes_to_the_default_one()
    {
        _nights.Accept = mail => Refuse(mail.Topic == Shop);
        var failed = await _nights.RunAsync(Refused("cart"));
        _nights.Store.Routes = null;
        await _nights.NextAsync(Refused("cart"));
        _nights.To(null)[0].Id.ShouldBe(failed.Digests.Single().Id);
        _nights.Store.State!.Pending.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_malformed_file_is_told_once_ignored_as_a_whole_and_moves_nothing()
    {
        await _nights.RunAsync(Refused("cart"));
        _nights.Store.Routes = Both + "  - {name: blog}\n";
        await _nights.NextAsync(Refused("cart"), Refused("pay"));
        OneLine(_nights.To(null).ShouldHaveSingleItem())
            .ShouldContain(
                "Attention: The routes file is ignored as a whole, so every mail goes to the default topic: line 4: a route lacks topic (route \\u{22}blog\\u{22})".Replace(
                    "\\u{22}",
                    "'",
                    StringComparison.Ordinal
                )
            );
        _nights.SubjectsTo(null)[0].ShouldBe("[CRITICAL] www.example.org failing, 1 more, 1 new (prod)");
        await _nights.NextAsync(Refused("cart"), Refused("pay"));
        _nights.To(null).Count(mail => mail.Text.Contains("routes file", StringComparison.Ordinal)).ShouldBe(1);

        _nights.Store.Routes = Both;
        await _nights.NextAsync(Refused("cart"), Refused("pay"));
        _nights.SubjectsTo(Shop)[^1].ShouldBe("[CRITICAL] www.example.org failing, 1 more, 1 changed (prod)"); // the owner had not heard of this one
    }

    [Fact]
    public async Task A_finding_whose_route_changes_is_news_to_the_topic_that_gets_it()
    {
        await _nights.RunAsync(Refused("cart"));
        _nights.Store.Routes = Both.Replace("E1SHOP", "E9", StringComparison.Ordinal).Replace("E2NEWS", "E1SHOP", StringComparison.Ordinal);
        var night = await _nights.NextAsync(Refused("cart"));
        _nights.SubjectsTo(News).ShouldBe(["[CRITICAL] www.example.org failing, 1 changed (prod)"]);
        OneLine(_nights.To(News)[0]).ShouldContain("it was mailed to another topic before");
        night.Review.Changes.Of(ChangeKind.Changed).ShouldBeEmpty(); // the finding is the same
        _nights.Store.State!.Findings.ShouldHaveSingleItem().RoutedTo.ShouldBe(News);
    }

    [Fact]
    public async Task Who_heard_of_a_finding_hears_of_its_end_even_where_the_distribution_is_gone()
    {
        await _nights.RunAsync(Refused("cart"), Good("blog", "E3BLOG"));
        await _nights.NextAsync(Good("blog", "E3BLOG"));
        _nights.SubjectsTo(Shop)[^1].ShouldBe("[OK] CloudFront origins of route shop: none failing, 1 gone (prod)");
        _nights.To(null).ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_tags_cannot_be_read_a_finding_stays_with_the_topic_that_has_it()
    {
        _nights.Store.Routes = $"routes:\n  - {{name: shop, topic: '{Shop}', tag: team=shop}}\n";
        await RunAsync(Tags("team=shop"), Refused("cart"));
        await RunAsync(null, Refused("cart"), Refused("pay"));
        await RunAsync(Tags("team=shop"), Refused("cart"), Good("pay"));
        _nights
            .SubjectsTo(Shop)
            .ShouldBe([
                "[CRITICAL] www.example.org failing, 1 new (prod)",
                "[CRITICAL] www.example.org failing, 1 more, 1 new (prod)",
                "[CRITICAL] www.example.org failing, 1 resolved (prod)",
            ]);
        _nights.To(null).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_account_that_could_not_be_read_is_told_to_the_route_that_takes_it()
    {
        _nights.Store.Routes =
            $"routes:\n  - {{name: shop, topic: '{Shop}', account: '111122223333'}}\n  - {{name: news, topic: '{News}', account: '444455556666'}}\n";
        var report = Report(_nights.Now, Good("www", "E3BLOG"));
        AccountReading[] accounts =
        [
            new(new Account("111122223333", "shop"), AccountOutcome.Denied, "The role cannot be assumed."),
            new(new Account("444455556666"), AccountOutcome.Read),
            new(new Account("777788889999"), AccountOutcome.Failed, "It took too long."),
        ];
        await _nights.RunAsync(
            report with
            {
                Run = report.Run with { Accounts = accounts, IncompleteBecause = AccountGaps.Sentence(accounts) },
            }
        );
        _nights.SubjectsTo(Shop).ShouldBe(["[INCOMPLETE] CloudFront origins of route shop: none known to fail (prod)"]);
        OneLine(_nights.To(Shop)[0]).ShouldContain("THIS RUN WAS INCOMPLETE. 1 of 1 accounts could not be read: 111122223333 (shop).");
        _nights.To(Shop)[0].Text.ShouldNotContain("777788889999");
        _nights.To(News).ShouldBeEmpty();
        OneLine(_nights.To(null)[0]).ShouldContain("2 of 3 accounts could not be read: 111122223333 (shop), 777788889999.");
    }

    [Fact]
    public async Task Without_history_every_owner_with_something_open_is_told_and_no_other()
    {
        _nights.Store.Before = operation =>
        {
            if (operation == "read state")
            {
                throw new RunStoreException("The bucket is denied.");
            }
        };
        await _nights.RunAsync(Refused("cart"), Good("feed", "E2NEWS"));
        _nights.SubjectsTo(Shop).ShouldBe(["[CRITICAL] www.example.org failing, history missing (prod)"]);
        _nights.To(News).ShouldBeEmpty();
        _nights.SubjectsTo(null).ShouldBe(["[WARNING] CloudFront origins without a route: none failing, history missing (prod)"]);
    }

    [Fact]
    public async Task A_follow_up_tells_the_owner_of_what_it_saw_repaired_and_nobody_else()
    {
        await _nights.RunAsync(Refused("cart"), Refused("feed", "E2NEWS"), Refused("blog", "E3BLOG"));
        _nights.Time.Advance(TimeSpan.FromHours(1));
        var report = Report(_nights.Now, Good("cart"), Refused("feed", "E2NEWS"), Refused("blog", "E3BLOG"));
        var scope = new AuditScope.FollowUp(new HashSet<string>(StringComparer.Ordinal) { "E1SHOP/cart", "E2NEWS/feed", "E3BLOG/blog" });
        _nights.Store.Routes = Both.Replace("E2NEWS", "E9", StringComparison.Ordinal); // a new route is the night's to tell
        await _nights.RunAsync(report with { Run = report.Run with { Scope = scope } });
        _nights.SubjectsTo(Shop).ShouldBe(["[CRITICAL] www.example.org failing, 1 new (prod)", "[OK] www.example.org resolved (prod)"]);
        (_nights.To(News).Count, _nights.To(null).Count).ShouldBe((1, 1));
        await _nights.NextAsync(Good("cart"), Refused("feed", "E2NEWS"), Refused("blog", "E3BLOG"));
        _nights.SubjectsTo(null)[^1].ShouldBe("[CRITICAL] news.example.org failing, 1 more, 1 changed (prod)");
    }

    private static Dictionary<string, IReadOnlyList<string>> Tags(string tag) => new(StringComparer.Ordinal) { ["E1SHOP"] = [tag] };

    private async Task RunAsync(Dictionary<string, IReadOnlyList<string>>? tags, params SampleOrigin[] origins)
    {
        _nights.Time.Advance(TimeSpan.FromDays(1));
        var recorder = _nights.NewRecorder();
        var start = await recorder.BeginAsync(TestContext.Current.CancellationToken);
        await recorder.FinishAsync(
            tags is null ? start : start with { Routes = start.Routes with { Tags = tags } },
            Report(_nights.Now, origins),
            _ => [],
            TestContext.Current.CancellationToken
        );
    }

    private static void Refuse(bool refuses)
    {
        if (refuses)
        {
            throw new IOException("The topic is denied.");
        }
    }

    private static string OneLine(DigestMessage mail) =>
        string.Join(' ', mail.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
