using System.Net;

namespace OriginWatch.Probing;

/// <summary>Limits connections in all and to one address. Waiting costs no thread, and an address that nobody connects to costs no
/// memory.</summary>
/// <param name="inAll">Connections at a time, beside those that wait in silence.</param>
/// <param name="inSilence">Connections that have met silence and hold nobody up.</param>
internal sealed class ConnectionSlots(int inAll, int inSilence) : IDisposable
{
    private readonly SemaphoreSlim _all = new(inAll);
    private readonly SemaphoreSlim _silent = new(inSilence);
    private readonly Dictionary<IPAddress, AddressSlots> _perAddress = [];
    private readonly Lock _gate = new();

    /// <summary>Runs <paramref name="connect"/> when both limits allow. The address comes first, so that a queue for one address takes
    /// nobody else's place.</summary>
    public async Task<T> RunAsync<T>(IPAddress address, Func<ConnectionTurn, Task<T>> connect, CancellationToken cancellationToken)
    {
        var own = Enter(address);
        try
        {
            await own.Free.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await InAllAsync(connect, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                own.Free.Release();
            }
        }
        finally
        {
            Leave(address, own);
        }
    }

    public void Dispose()
    {
        _all.Dispose();
        _silent.Dispose();
    }

    private async Task<T> InAllAsync<T>(Func<ConnectionTurn, Task<T>> connect, CancellationToken cancellationToken)
    {
        await _all.WaitAsync(cancellationToken).ConfigureAwait(false);
        using var turn = new ConnectionTurn(_all, _silent);
        return await connect(turn).ConfigureAwait(false);
    }

    private AddressSlots Enter(IPAddress address)
    {
        lock (_gate)
        {
            if (!_perAddress.TryGetValue(address, out var slots))
            {
                slots = _perAddress[address] = new();
            }

            slots.Users++;
            return slots;
        }
    }

    private void Leave(IPAddress address, AddressSlots slots)
    {
        lock (_gate)
        {
            if (--slots.Users == 0)
            {
                _perAddress.Remove(address);
                slots.Free.Dispose();
            }
        }
    }

    private sealed class AddressSlots
    {
        public SemaphoreSlim Free { get; } = new(ProbeLimits.ConnectionsPerAddress);

        public int Users { get; set; }
    }
}

/// <summary>The place of one connection.</summary>
internal sealed class ConnectionTurn(SemaphoreSlim all, SemaphoreSlim silent) : IDisposable
{
    private readonly Lock _gate = new();
    private bool _isSilent;
    private bool _isOver;

    /// <summary>Gives the place to another connection and goes on among those that wait in silence, where there is room: whoever does not
    /// answer now seldom does later, and costs until then nothing but a socket.</summary>
    public void Yield()
    {
        lock (_gate)
        {
            if (!_isOver && !_isSilent && silent.Wait(0))
            {
                _isSilent = true;
                all.Release();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_isOver)
            {
                _isOver = true;
                (_isSilent ? silent : all).Release();
            }
        }
    }
}
