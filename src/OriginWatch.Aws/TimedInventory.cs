using OriginWatch.Inventory;

namespace OriginWatch.Aws;

/// <summary>An inventory that must be read within its time, so that there is time left to say that it was not.</summary>
internal sealed class TimedInventory(IInventorySource source, TimeSpan limit, TimeProvider time) : IInventorySource
{
    public async Task<Listing> ReadAsync(CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await source.ReadAsync(either.Token);
        }
        catch (OperationCanceledException exception) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new InventoryException(
                $"The inventory was not read within {limit.TotalSeconds:0.#} s, "
                    + "which is what this invocation had for it. Nothing was evaluated. "
                    + "Give the function more time, or run it when CloudFront's API is less busy.",
                exception
            );
        }
    }
}
