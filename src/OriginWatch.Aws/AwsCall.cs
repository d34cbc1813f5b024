using OriginWatch.Inventory;

namespace OriginWatch.Aws;

/// <summary>A call whose failure ends the reading of the inventory, in words for the operator.</summary>
internal static class AwsCall
{
    public static async Task<T> RequireAsync<T>(string action, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(cancellationToken);
        }
        catch (Exception exception) when (IsFault(exception, cancellationToken))
        {
            if (Told(exception) is { } told)
            {
                throw new InventoryException(told.Message, exception);
            }

            var fault = AwsFault.Of(action, exception);
            throw new InventoryException(fault.Sentence, exception) { IsDenied = fault.Kind == AwsFaultKind.Denied };
        }
    }

    /// <summary>Null with a remark where the identity may not read it or it is gone; any other fault ends the reading.</summary>
    public static async Task<(T? Value, string? Remark)> TryAsync<T>(
        string action,
        string what,
        Func<CancellationToken, Task<T>> call,
        CancellationToken cancellationToken
    )
        where T : class
    {
        try
        {
            return (await call(cancellationToken), null);
        }
        catch (Exception exception) when (IsFault(exception, cancellationToken))
        {
            var fault = AwsFault.Of(action, exception);
            return fault.Kind is AwsFaultKind.Denied or AwsFaultKind.NotFound
                ? (null, $"{what} could not be read: {fault.Sentence}")
                : throw new InventoryException($"{what} could not be read: {fault.Sentence}", exception);
        }
    }

    /// <summary>What was said already while the answer was read, wherever the SDK wrapped it.</summary>
    private static InventoryException? Told(Exception? exception) =>
        exception is null or InventoryException ? exception as InventoryException : Told(exception.InnerException);

    private static bool IsFault(Exception exception, CancellationToken cancellationToken) =>
        exception is not InventoryException && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested);
}
