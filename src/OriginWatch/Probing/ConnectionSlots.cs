using System.Net;

namespace OriginWatch.Probing;

/// <summary>Limits connections in all and to one address. Waiting costs no thread, and an address that nobody connects to costs no
/// memory.</summary>
internal sealed class ConnectionSlots(int inAll) : IDisposable
{
    private readonly SemaphoreSlim _all = new(inAll);
    private readonly Dictionary<IPAddress, AddressSlots> _perAddress = [];
    private readonly Lock _gate = new();

    /// <summary>Runs <paramref name="connect"/> when both limits allow. The address comes first, so that a queue for one address takes
    /// nobody else's place.</summary>
    public async Task<T> RunAsync<T>(IPAddress address, Func<Task<T>> connect, CancellationToken cancellationToken)
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

    public void Dispose() => _all.Dispose();

    private async Task<T> InAllAsync<T>(Func<Task<T>> connect, CancellationToken cancellationToken)
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
