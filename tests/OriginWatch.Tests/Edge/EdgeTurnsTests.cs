using Microsoft.Extensions.Time.Testing;
using OriginWatch.Edge;
using static OriginWatch.Tests.EdgeSample;

namespace OriginWatch.Tests.Edge;

public class EdgeTurnsTests
{
    private static readonly EdgeReply Failing = Reply(
        502,
        "Error from cloudfront",
        "CloudFront",
        Page("CloudFront attempted to establish a connection with the origin")
    );
    private readonly FakeTimeProvider _time = new();

    /// <summary>Nothing runs any more, so nothing but the clock can go on: to wait without end would use up the whole budget.</summary>
    [Fact]
    public void A_confirmation_that_falls_due_between_two_looks_at_the_clock_is_due_at_once()
    {
        var turns = Failed(out _);
        _time.AutoAdvanceAmount = TimeSpan.FromSeconds(1);
        turns.Next().ShouldBeNull();
        _time.Advance(TimeSpan.FromSeconds(10));
        turns.UntilDue().ShouldBe(TimeSpan.Zero);
        turns.Next().ShouldNotBeNull().IsConfirmation.ShouldBeTrue();
    }

    [Fact]
    public void A_confirmation_is_waited_for_until_its_delay_is_over()
    {
        var turns = Failed(out var delay);
        turns.UntilDue().ShouldBe(delay);
    }

    [Fact]
    public void What_does_not_fit_waits_for_the_end_of_another_turn()
    {
        var turns = new EdgeTurns([Question(), Question(), Question()], TimeSpan.FromSeconds(5), _time);
        turns.Next().ShouldNotBeNull();
        turns.Next().ShouldNotBeNull();
        turns.Next().ShouldBeNull();
        turns.UntilDue().ShouldBeNull();
    }

    private EdgeTurns Failed(out TimeSpan delay)
    {
        delay = TimeSpan.FromSeconds(5);
        var turns = new EdgeTurns([Question()], delay, _time);
        var turn = turns.Next().ShouldNotBeNull();
        turns.Done(turn, AnswerClassifier.Classify(Failing, turn.Question));
        return turns;
    }
}
