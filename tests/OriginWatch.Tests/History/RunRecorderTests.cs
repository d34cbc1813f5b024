using OriginWatch.History;
using OriginWatch.Mail;
using OriginWatch.Tests.Reporting;
using static OriginWatch.Tests.Night;

namespace OriginWatch.Tests.History;

public class RunRecorderTests
{
    private readonly Nights _nights = new();
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_state_names_the_digest_before_it_is_sent_and_forgets_it_after()
    {
        var log = new List<string>();
        _nights.Store.Before = log.Add;
        _nights.Accept = digest =>
        {
            log.Add("publish");
            _nights.Store.State!.Pending.ShouldHaveSingleItem().Digest.ShouldBeEquivalentTo(digest);
        };
        var recorder = _nights.NewRecorder();
        var start = await recorder.BeginAsync(_cancel);
        await recorder.FinishAsync(start, Report(First, Refused("api")), _ => [new("a.html", new MemoryStream(1), "text/html")], _cancel);
        log.ShouldBe(["read suppressions", "read routes", "read state", "write report", "write state", "publish", "write state"]);
        _nights.Store.State!.Pending.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("fails")]
    [InlineData("conflicts")]
    public async Task A_digest_of_last_night_is_sent_once_although_the_write_that_clears_it(string how)
    {
        _nights.Accept = _ => throw new IOException("SNS is down");
        await _nights.RunAsync(Refused("api"));
        _nights.Accept = _ => { };
        _nights.Delivered = _ => BreakNextWrite(how);
        await _nights.NextAsync(Refused("api"), Refused("www"));
        _nights.Delivered = _ => { };
        await _nights.NextAsync(Refused("api"), Refused("www"));
        _nights.Mailbox.Select(mail => mail.Id).ShouldBeUnique();
        _nights.Store.State!.Pending.ShouldBeEmpty();
    }

    /// <summary>The next write of the state fails, or meets one of somebody else.</summary>
    private void BreakNextWrite(string how)
    {
        _nights.Delivered = _ => { };
        _nights.Store.Before = operation =>
        {
            if (operation == "write state")
            {
                _nights.Store.Before = _ => { };
                if (how == "fails")
                {
                    throw new RunStoreException("The disk is full.");
                }

                _nights.Store.Touch();
            }
        };
    }

    [Fact]
    public async Task A_quiet_night_saves_its_state_and_says_nothing()
    {
        await _nights.RunAsync(Good("www"));
        var outcome = await _nights.NextAsync(Good("www"));
        outcome.Digest.ShouldBeNull();
        _nights.Mailbox.ShouldBeEmpty();
        _nights.Store.State!.LastRun.StartedAt.ShouldBe(First.AddDays(1));
    }

    [Fact]
    public async Task A_run_gives_the_next_one_the_last_judged_outcomes()
    {
        await _nights.RunAsync(Good("www"));
        var start = await _nights.NewRecorder().BeginAsync(_cancel);
        start.Prior["E1SHOP/www"].JudgedAt.ShouldBe(First);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"format\":\"other\"}")]
    public async Task A_state_that_is_none_is_kept_aside_and_reported_once(string content)
    {
        _nights.Store.Put(content);
        await _nights.RunAsync(Good("www"));
        _nights.Store.KeptAside.Count.ShouldBe(1);
        var mail = _nights.Mailbox.ShouldHaveSingleItem();
        mail.Subject.ShouldStartWith("[WARNING] ");
        mail.Text.ReplaceLineEndings(" ").ShouldContain("kept as memory/state-kept-1.json");
        await _nights.NextAsync(Good("www"));
        _nights.Mailbox.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_cannot_be_kept_aside_is_not_overwritten()
    {
        _nights.Store.Put("not json");
        _nights.Store.Before = operation => FailOn(operation, "keep aside");
        var outcome = await _nights.RunAsync(Good("www"));
        outcome.Failures.ShouldHaveSingleItem();
        _nights.Store.Writes.ShouldBe(0);
        _nights.Mailbox.ShouldHaveSingleItem().Subject.ShouldContain("history missing");
    }

    [Fact]
    public async Task The_state_of_another_account_is_kept_aside()
    {
        var other = Report(First, Refused("api"));
        await _nights.RunAsync(other with { Run = other.Run with { AccountId = "999999999999" } });
        await _nights.NextAsync(Refused("api"));
        _nights.Store.KeptAside.Count.ShouldBe(1);
        _nights.Store.State!.AccountId.ShouldBe(Account);
        _nights.Mailbox[1].Text.ReplaceLineEndings(" ").ShouldContain("belongs to account 999999999999 and this run to 123456789012");
    }

    [Fact]
    public async Task A_newer_schema_is_refused_before_anything_is_probed()
    {
        _nights.Store.Put("{\"format\":\"originwatch-state\",\"schema\":7}");
        var exception = await Should.ThrowAsync<RunStoreException>(() => _nights.NewRecorder().BeginAsync(_cancel));
        exception.Message.ShouldBe(
            "memory/state.json has schema 7, and this version of OriginWatch knows schemas up to 1: a newer version wrote it. Run that version, or move the object away to start anew."
        );
        (_nights.Store.Writes, _nights.Store.KeptAside.Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Of_two_runs_at_once_the_second_reads_again_and_says_nothing_twice()
    {
        await _nights.RunAsync(Good("www"), Good("api"));
        var (one, two) = (_nights.NewRecorder(), _nights.NewRecorder());
        var (startOne, startTwo) = (await one.BeginAsync(_cancel), await two.BeginAsync(_cancel));
        var first = await one.FinishAsync(startOne, Report(First, Good("www"), Refused("api")), _ => [], _cancel);
        var second = await two.FinishAsync(startTwo, Report(First, Good("www"), Refused("api")), _ => [], _cancel);
        (first.Digest is null, second.Digest is null, second.Review.Overlaps).ShouldBe((false, true, true));
        _nights.Mailbox.Count.ShouldBe(1);
        _nights.Store.State!.LastRun.Id.ShouldBe(startTwo.RunId);
    }

    [Fact]
    public async Task A_run_that_finishes_while_another_publishes_leaves_that_digest_alone()
    {
        RunOutcome? second = null;
        var two = _nights.NewRecorder();
        var startTwo = await two.BeginAsync(_cancel);
        _nights.Accept = _ =>
        {
            _nights.Accept = _ => { };
            second = two.FinishAsync(startTwo, Report(First, Refused("api"), Refused("www")), _ => [], _cancel).GetAwaiter().GetResult();
        };
        await _nights.RunAsync(Refused("api"));
        second.ShouldNotBeNull().Sent.ShouldBe([second.Digest!.Id]);
        _nights.Mailbox.Select(digest => digest.Id).Distinct().Count().ShouldBe(2);
        _nights.Subjects.ShouldBe([
            "[CRITICAL] www.example.org failing, 1 more, 1 new (prod)",
            "[CRITICAL] www.example.org failing, 1 new (prod)",
        ]);
        _nights.Store.State!.Pending.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_that_starts_while_another_publishes_leaves_that_digest_alone()
    {
        _nights.Accept = _ =>
        {
            _nights.Accept = _ => { };
            _nights.NewRecorder().BeginAsync(_cancel).GetAwaiter().GetResult().Failures.ShouldBeEmpty();
        };
        await _nights.RunAsync(Refused("api"));
        _nights.Mailbox.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_conflict_with_its_own_write_is_no_conflict()
    {
        _nights.Store.Answer = _ =>
        {
            _nights.Store.Answer = write => write;
            return StateWrite.Conflict;
        };
        var outcome = await _nights.RunAsync(Refused("api"));
        outcome.Failures.ShouldBeEmpty();
        outcome.Review.Overlaps.ShouldBeFalse();
        _nights.Mailbox.ShouldHaveSingleItem().Id.ShouldBe(outcome.Review.RunId);
        _nights.Store.State!.Pending.ShouldBeEmpty();
    }

    [Fact]
    public async Task Endless_conflicts_end_with_a_mail_and_a_failure()
    {
        _nights.Store.Before = operation =>
        {
            if (operation == "write state")
            {
                _nights.Store.Put(System.Text.Encoding.UTF8.GetString(RunStateJson.Write(Other()).Span));
            }
        };
        var outcome = await _nights.RunAsync(Refused("api"));
        outcome
            .Failures.ShouldHaveSingleItem()
            .Message.ShouldBe("Other runs keep writing memory/state.json. Check that only one schedule writes there.");
        _nights.Mailbox.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_history_that_cannot_be_told_of_a_mail_is_told_five_times_and_no_more()
    {
        _nights.Accept = _ => throw new IOException("SNS is down");
        await _nights.RunAsync(Refused("api"));
        var writes = 0;
        _nights.Accept = _ =>
            _nights.Store.Before = operation =>
            {
                if (operation == "write state")
                {
                    writes++;
                    _nights.Store.Touch();
                }
            };
        var start = await _nights.NewRecorder().BeginAsync(_cancel);
        writes.ShouldBe(5);
        start
            .Failures.ShouldHaveSingleItem()
            .Message.ShouldStartWith("The mail was sent or given up, but memory/state.json could not be told");
        _nights.Mailbox.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task What_is_sent_to_the_sites_is_explained_by_the_first_mail_of_a_run_that_sent_something(int asked, bool explained)
    {
        var report = Night.Report(_nights.Now, Refused("api"));
        await _nights.RunAsync(report with { Totals = report.Totals with { AskedAtEdge = asked } });
        _nights.Mailbox.Count.ShouldBe(1);
        _nights.Store.State!.EdgeExplained.ShouldBe(explained);
    }

    [Fact]
    public async Task A_digest_that_could_not_be_sent_is_sent_first_by_the_next_run_under_its_own_id()
    {
        await _nights.RunAsync(Good("api"));
        _nights.Accept = _ => throw new IOException("SNS is down");
        _nights.Time.Advance(TimeSpan.FromDays(1));
        var failed = await _nights.RunAsync(Refused("api"));
        (failed.Failures.ShouldHaveSingleItem().Message, failed.Sent.Count).ShouldBe(("SNS is down", 0));
        _nights.Accept = _ => { };
        _nights.Time.Advance(TimeSpan.FromMinutes(1));
        var next = await _nights.RunAsync(Good("api"));
        next.Sent.ShouldBe([failed.Digest!.Id, next.Digest!.Id]);
        _nights
            .Mailbox.Select(digest => (digest.Id, digest.Text))
            .ShouldBe([(failed.Digest!.Id, failed.Digest!.Text), (next.Digest!.Id, next.Digest!.Text)]);
        _nights.Store.State!.Pending.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_the_publisher_stays_down_the_oldest_digests_go_and_are_named()
    {
        _nights.Settings = _nights.Settings with { Notify = NotifyMode.Always };
        _nights.Accept = _ => throw new IOException("SNS is down");
        var first = await _nights.RunAsync(Good("www"));
        for (var night = 2; night <= 8; night++)
        {
            await _nights.NextAsync(Good("www"));
        }

        var pending = _nights.Store.State!.Pending;
        pending.Count.ShouldBe(7);
        pending.Select(item => item.Digest.Id).ShouldNotContain(first.Digest!.Id);
        pending[^1].Digest.Text.ShouldContain(first.Digest!.Id);
    }

    [Fact]
    public async Task Without_the_store_the_mail_goes_out_and_says_that_history_is_missing()
    {
        _nights.Store.Before = _ => throw new RunStoreException("The bucket is denied.");
        var outcome = await _nights.RunAsync(Refused("api"));
        outcome.Failures.Count.ShouldBe(3);
        var mail = _nights.Mailbox.ShouldHaveSingleItem();
        mail.Subject.ShouldBe("[CRITICAL] www.example.org failing, history missing (prod)");
        mail.Text.ReplaceLineEndings(" ").ShouldContain("History could not be read, so it is not known what is new: The bucket is denied.");
        mail.Attributes["hasNew"].ShouldBe("false");
    }

    [Fact]
    public async Task Where_the_state_cannot_be_written_the_mail_goes_out_and_says_so()
    {
        await _nights.RunAsync(Good("api"));
        _nights.Store.Before = operation => FailOn(operation, "write state");
        var outcome = await _nights.NextAsync(Refused("api"));
        outcome.Failures.ShouldHaveSingleItem();
        var mail = _nights.Mailbox.ShouldHaveSingleItem();
        mail.Subject.ShouldBe("[CRITICAL] www.example.org failing, 1 new (prod)");
        mail.Text.ReplaceLineEndings(" ")
            .ShouldContain("The state of this run could not be saved, so the next run compares with an older one");
        outcome.Sent.ShouldBe([outcome.Digest!.Id]);
    }

    [Fact]
    public async Task A_mail_that_neither_was_saved_nor_sent_is_not_counted_as_sent()
    {
        await _nights.RunAsync(Good("api"));
        _nights.Store.Before = operation => FailOn(operation, "write state");
        _nights.Accept = _ => throw new IOException("SNS is down");
        var outcome = await _nights.NextAsync(Refused("api"));
        outcome.Sent.ShouldBeEmpty();
        outcome.Failures.Select(failure => failure.Message).ShouldContain("SNS is down");
        outcome.Failures.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_late_mail_that_was_sent_counts_although_the_run_could_not_be_saved()
    {
        await _nights.RunAsync(Good("api"));
        _nights.Accept = _ => throw new IOException("SNS is down");
        var late = await _nights.NextAsync(Refused("api"));
        _nights.Accept = _ => { };
        var writes = 0;
        _nights.Store.Before = operation =>
        {
            if (operation == "write state" && ++writes > 1)
            {
                FailOn(operation, "write state");
            }
        };
        var outcome = await _nights.NextAsync(Good("api"));
        outcome.Sent[0].ShouldBe(late.Digest!.Id);
        outcome.Sent.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_report_that_cannot_be_saved_is_a_failure_and_stops_nothing()
    {
        _nights.Store.Before = operation => FailOn(operation, "write report");
        var recorder = _nights.NewRecorder();
        var outcome = await recorder.FinishAsync(
            await recorder.BeginAsync(_cancel),
            Report(First, Good("www")),
            _ => [new("a.html", new MemoryStream(1), "text/html")],
            _cancel
        );
        outcome.Failures.ShouldHaveSingleItem();
        _nights.Mailbox.ShouldHaveSingleItem().Text.ShouldContain("The report a.html could not be saved");
        _nights.Store.State.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_malformed_suppressions_file_is_mailed_once_and_mutes_nothing()
    {
        _nights.Store.Suppressions = "suppressions: [";
        await _nights.RunAsync(Good("www"));
        await _nights.NextAsync(Good("www"));
        _nights.Mailbox.ShouldHaveSingleItem().Text.ShouldContain("Attention: The suppressions file is ignored as a whole");
    }

    [Fact]
    public async Task Cancellation_is_no_failure_to_be_collected()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(_cancel);
        _nights.Accept = _ =>
        {
            cancelled.Cancel();
            cancelled.Token.ThrowIfCancellationRequested();
        };
        var recorder = _nights.NewRecorder();
        var start = await recorder.BeginAsync(_cancel);
        await Should.ThrowAsync<OperationCanceledException>(() =>
            recorder.FinishAsync(start, Report(First, Refused("api")), _ => [], cancelled.Token)
        );
        _nights.Store.State!.Pending.Count.ShouldBe(1);
    }

    private static void FailOn(string operation, string failing)
    {
        if (operation == failing)
        {
            throw new RunStoreException($"The store refused to {operation}.");
        }
    }

    private static RunState Other() =>
        RunReview
            .Of(Guid.NewGuid().ToString(), Report(First.AddHours(-1), Good("api")), null, SuppressionList.Empty)
            .NextState([], mailed: false);
}
