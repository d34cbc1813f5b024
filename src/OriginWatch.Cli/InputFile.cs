using OriginWatch.Inventory;

namespace OriginWatch.Cli;

/// <summary>Reads a file that was named on the command line: bounded, and never waiting on a pipe without end.</summary>
internal static class InputFile
{
    /// <exception cref="CommandException">It cannot be read; the message begins with what the file is for.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(string what, string path, long maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            return await BoundedFile.ReadAsync(path, maxBytes, cancellationToken);
        }
        catch (InventoryException exception)
        {
            throw new CommandException($"{what} {path}: {exception.Message}".TrimStart(), exception);
        }
    }
}
