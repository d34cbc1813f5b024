using System.Collections.Concurrent;
using System.Net;

namespace OriginWatch.Probing;

/// <summary>Limits connections in all and to one address. Waiting costs no thread.</summary>
internal sealed class ConnectionSlots(int inAll) : IDisposable
{
    private readonly SemaphoreSlim _all = new(inAll);
    private readonly ConcurrentDictionary<IPAddress, SemaphoreSlim> _perAddress = new();

    /// <summary>Runs <paramref name="connect"/> when both limits allow. The address comes first, so that a queue for one address takes nobody else's place.</summary>
    public async Task<T> RunAsync<T>(IPAddress address, Func<Task<T>> connect, CancellationToken cancellationToken)
    {
        var own = _perAddress.GetOrAdd(address, static _ => new(ProbeLimits.ConnectionsPerAddress));
        await own.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _all.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await connect().ConfigureAwait(false);
            }
            finally
            {
                _all.Release();
            }
        }
        finally
        {
            own.Release();
        }
    }

    public void Dispose()
    {
        _all.Dispose();
        foreach (var slots in _perAddress.Values)
        {
            slots.Dispose();
        }
    }
}
