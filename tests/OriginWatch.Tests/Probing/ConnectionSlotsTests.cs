using System.Net;
using OriginWatch.Probing;

namespace OriginWatch.Tests.Probing;

/// <summary>Who may connect, and when.</summary>
public sealed class ConnectionSlotsTests : IDisposable
{
    private readonly ConnectionSlots _slots = new(inAll: 1, inSilence: 1);
    private int _address;

    [Fact]
    public async Task A_connection_that_meets_silence_lets_another_one_begin()
    {
        var (first, second) = (new Connection(), new Connection());
        var running = Run(first);
        var waiting = Run(second);
        second.HasBegun.ShouldBeFalse();

        first.Turn.Yield();
        await second.Begun;

        first.End();
        second.End();
        await Task.WhenAll(running, waiting);
    }

    [Fact]
    public async Task Of_those_that_meet_silence_only_so_many_give_their_place_away()
    {
        Connection[] all = [new(), new(), new()];
        Task[] running = [.. all.Select(Run)];
        all[0].Turn.Yield();
        await all[1].Begun;

        all[1].Turn.Yield();
        all[2].HasBegun.ShouldBeFalse();

        all[0].End(); // the place among the silent is free, and nobody else's
        await running[0];
        all[2].HasBegun.ShouldBeFalse();

        all[1].Turn.Yield();
        await all[2].Begun;
        all[1].End();
        all[2].End();
        await Task.WhenAll(running);
    }

    [Fact]
    public async Task Every_place_comes_back_once()
    {
        var gone = new Connection();
        var running = Run(gone);
        gone.Turn.Yield();
        gone.Turn.Yield();
        gone.End();
        await running;
        gone.Turn.Yield(); // the timer fires late

        var (next, last) = (new Connection(), new Connection());
        Task[] more = [Run(next), Run(last)];
        await next.Begun;
        last.HasBegun.ShouldBeFalse();
        next.End();
        last.End();
        await Task.WhenAll(more);
    }

    public void Dispose() => _slots.Dispose();

    private Task Run(Connection connection) =>
        _slots.RunAsync(new IPAddress([192, 0, 2, (byte)++_address]), connection.RunAsync, TestContext.Current.CancellationToken);

    private sealed class Connection
    {
        private readonly TaskCompletionSource<ConnectionTurn> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public bool HasBegun => _begun.Task.IsCompleted;

        public ConnectionTurn Turn => _begun.Task.IsCompletedSuccessfully ? _begun.Task.Result : throw new InvalidOperationException();

        public void End() => _end.TrySetResult();

        public async Task<bool> RunAsync(ConnectionTurn turn)
        {
            _begun.TrySetResult(turn);
            await _end.Task;
            return true;
        }
    }
}
