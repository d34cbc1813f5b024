namespace OriginWatch.Probing;

/// <summary>A token that ends with the caller's or after a time, and can say which it was.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _timer;
    private readonly CancellationTokenSource _linked;
    private readonly CancellationToken _outer;

    public Deadline(TimeSpan after, TimeProvider time, CancellationToken outer)
    {
        _outer = outer;
        _timer = new(after, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(outer, _timer.Token);
    }

    public CancellationToken Token => _linked.Token;

    /// <summary>True when the time is up and the caller has not cancelled.</summary>
    public bool HasPassed => _timer.IsCancellationRequested && !_outer.IsCancellationRequested;

    public void Dispose()
    {
        _linked.Dispose();
        _timer.Dispose();
    }
}
