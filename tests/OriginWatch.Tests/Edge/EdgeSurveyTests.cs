using Microsoft.Extensions.Time.Testing;
using OriginWatch.Edge;
using OriginWatch.Inventory;
using OriginWatch.Targets;
using OriginWatch.Tests.Targets;
using static OriginWatch.Tests.EdgeSample;

namespace OriginWatch.Tests.Edge;

public class EdgeSurveyTests
{
    private static readonly EdgeReply Good = Reply(404, "Miss from cloudfront");
    private static readonly EdgeReply Failing = Reply(
        502,
        "Error from cloudfront",
        "CloudFront",
        Page("CloudFront attempted to establish a connection with the origin")
    );
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Asks_once_where_the_origin_is_reached()
    {
        var client = new Client(_ => Good);

        var outcome = (await Survey(client).AskAsync([Question()], null, Cancel)).ShouldHaveSingleItem();

        (outcome.First!.Kind, outcome.Second).ShouldBe((EdgeAnswerKind.Reached, null));
        client.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Asks_again_after_a_failure_with_another_token_and_after_the_delay()
    {
        var client = new Client(_ => Failing) { Time = _time };
        var survey = Survey(client).AskAsync([Question()], null, Cancel);

        client.Asked.Count.ShouldBe(1);
        await PassAsync(survey);

        var outcome = (await survey).ShouldHaveSingleItem();
        outcome.IsConfirmedFailure.ShouldBeTrue();
        client.Asked.Select(request => request.PathAndQuery).Distinct().Count().ShouldBe(2);
        (client.At[1] - client.At[0]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Asks_again_after_a_server_error_of_the_origin()
    {
        var client = new Client(number => number == 0 ? Reply(503, "Error from cloudfront", "nginx") : Good);
        var survey = Survey(client).AskAsync([Question()], null, Cancel);
        await PassAsync(survey);

        (await survey)[0].Second!.Kind.ShouldBe(EdgeAnswerKind.Reached);
    }

    [Fact]
    public async Task Does_not_ask_again_where_the_edge_answered_by_itself()
    {
        var client = new Client(_ => Reply(200, "Hit from cloudfront"));

        (await Survey(client).AskAsync([Question()], null, Cancel))[0].Second.ShouldBeNull();
    }

    [Fact]
    public async Task Asks_at_most_two_questions_of_a_distribution_and_sixteen_in_all_at_a_time()
    {
        var client = new Holding();
        List<EdgeQuestion> questions = [.. Enumerable.Range(0, 20).SelectMany(number => Questions($"E{number}", 4))];
        var survey = Survey(client).AskAsync(questions, null, Cancel);

        while (!survey.IsCompleted)
        {
            client.UnderWay.CountBy(host => host).ShouldAllBe(host => host.Value <= 2);
            client.Release();
            await Task.Yield();
        }

        (await survey).ShouldAllBe(outcome => outcome.First!.Kind == EdgeAnswerKind.Reached);
        client.Most.ShouldBe(16);
    }

    [Fact]
    public async Task Asks_in_the_given_order_and_confirms_before_it_goes_on()
    {
        var client = new Client(_ => Failing);
        List<EdgeQuestion> questions = [.. Questions("E1", 6)];
        var survey = new EdgeSurvey(client, new() { ConfirmationDelay = TimeSpan.Zero, NewToken = Tokens() }, _time).AskAsync(
            questions,
            null,
            Cancel
        );
        await PassAsync(survey);

        (await survey).ShouldAllBe(outcome => outcome.IsConfirmedFailure);
        client.Asked.Take(2).Select(request => request.Host).ShouldBe(["host-0.example.com", "host-1.example.com"]);
        client
            .Asked.Skip(2)
            .Take(2)
            .Select(request => request.Host)
            .ShouldBe(["host-0.example.com", "host-1.example.com"], ignoreOrder: true);
        client.Asked[^1].Host.ShouldBe("host-5.example.com");
    }

    [Fact]
    public async Task Leaves_unasked_what_the_budget_has_no_time_for()
    {
        var client = new Holding();
        var survey = Survey(client, new() { Budget = TimeSpan.FromSeconds(30) }).AskAsync([.. Questions("E1", 5)], null, Cancel);
        client.Release();
        await PassAsync(survey);

        var outcomes = await survey;

        outcomes.Count(outcome => outcome.First is not null).ShouldBeLessThan(5);
        outcomes.Count(outcome => outcome.First is null).ShouldBeGreaterThan(0);
        outcomes.Count.ShouldBe(5);
    }

    [Fact]
    public async Task Asks_nothing_without_a_budget()
    {
        var client = new Client(_ => Good);

        (await Survey(client, new() { Budget = TimeSpan.Zero }).AskAsync([Question()], null, Cancel))
            .ShouldHaveSingleItem()
            .First.ShouldBeNull();

        client.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Ends_with_the_run_and_returns_what_it_knows()
    {
        using var run = new CancellationTokenSource();
        var client = new Client(number => number == 0 ? Failing : Good);
        var survey = Survey(client).AskAsync([Question()], null, run.Token);
        await run.CancelAsync();

        var outcome = (await survey.WaitAsync(Cancel)).ShouldHaveSingleItem();

        (outcome.First!.Kind, outcome.Second).ShouldBe((EdgeAnswerKind.ConnectionFailed, null));
        outcome.IsConfirmedFailure.ShouldBeFalse();
    }

    private EdgeSurvey Survey(IEdgeClient client, EdgeOptions? options = null) =>
        new(client, (options ?? new()) with { NewToken = Tokens() }, _time);

    private static Func<string> Tokens()
    {
        var number = 0;
        return () => $"token{number++}";
    }

    private static IEnumerable<EdgeQuestion> Questions(string distribution, int count) =>
        Enumerable
            .Range(0, count)
            .Select(number =>
                Question(
                    Sample.Distribution(Sample.Origin()) with
                    {
                        Id = distribution,
                        DomainName = $"{distribution}.cloudfront.net",
                    }
                ) with
                {
                    Host = $"host-{number}.example.com",
                }
            );

    private async Task PassAsync(Task until)
    {
        while (!until.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(until, Task.Delay(1, Cancel));
        }
    }

    private sealed class Client(Func<int, EdgeReply> answer) : IEdgeClient
    {
        public List<EdgeRequest> Asked { get; } = [];
        public List<DateTimeOffset> At { get; } = [];
        public TimeProvider? Time { get; init; }

        public Task<EdgeReply> AskAsync(EdgeRequest request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Asked.Add(request);
            At.Add(Time?.GetUtcNow() ?? default);
            return Task.FromResult(answer(Asked.Count - 1));
        }
    }

    /// <summary>Answers only when it is told to.</summary>
    private sealed class Holding : IEdgeClient
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<TaskCompletionSource<EdgeReply>, string> _underWay = [];

        public int Most { get; private set; }

        public IReadOnlyList<string> UnderWay
        {
            get
            {
                lock (_gate)
                {
                    return [.. _underWay.Values];
                }
            }
        }

        public async Task<EdgeReply> AskAsync(EdgeRequest request, CancellationToken cancellationToken)
        {
            var answer = new TaskCompletionSource<EdgeReply>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_gate)
            {
                _underWay.Add(answer, request.ConnectTo);
                Most = Math.Max(Most, _underWay.Count);
            }

            return await answer.Task.WaitAsync(cancellationToken);
        }

        public void Release()
        {
            lock (_gate)
            {
                if (_underWay.Keys.FirstOrDefault() is { } first)
                {
                    _underWay.Remove(first);
                    first.SetResult(Good);
                }
            }
        }
    }
}
