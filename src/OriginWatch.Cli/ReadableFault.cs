using OriginWatch.Aws;
using OriginWatch.History;
using OriginWatch.Inventory;
using OriginWatch.Reporting;
using OriginWatch.Text;
using OriginWatch.Trust;

namespace OriginWatch.Cli;

/// <summary>What went wrong, in words for an operator; faults of files in words of our own, not the runtime's.</summary>
internal static class ReadableFault
{
    /// <summary>Null for what is a fault of the program.</summary>
    public static string? Of(Exception exception) =>
        exception switch
        {
            OperatorException => exception.Message,
            FileNotFoundException { FileName: { } file } => $"{file}: there is no such file.",
            FileNotFoundException or DirectoryNotFoundException =>
                $"{NamedIn(exception) ?? "A path"}: the file or its folder does not exist.",
            UnauthorizedAccessException =>
                $"{NamedIn(exception) ?? "A path"}: this user may not read or write it. Check its permissions, and that it is no folder.",
            PathTooLongException => $"{NamedIn(exception) ?? "A path"}: the path is too long.",
            IOException => $"A file could not be read or written: {exception.Message}",
            _ => null,
        };

    /// <summary>The runtime's messages quote the path.</summary>
    private static string? NamedIn(Exception exception) => exception.Message.Split('\'') is [_, { Length: > 0 } path, _, ..] ? path : null;
}
