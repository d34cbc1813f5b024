using System.Reflection;

namespace OriginWatch.Cli;

/// <summary>How a person starts this program, so that a hint can be typed as it stands.</summary>
internal static class Invocation
{
    public const string ToolName = "originwatch";

    private const string Host = "dotnet";

    /// <summary>"originwatch", "dotnet path/OriginWatch.Cli.dll", or the path of the executable.</summary>
    public static string Program { get; } =
        Of(
            Environment.ProcessPath,
            Assembly.GetEntryAssembly()?.GetName().Name == "OriginWatch.Cli" ? Environment.GetCommandLineArgs()[0] : null,
            Environment.CurrentDirectory,
            Environment.GetEnvironmentVariable("PATH"),
            Environment.GetEnvironmentVariable("DOTNET_RUNNING_IN_CONTAINER") == "true"
        );

    /// <param name="process">The file that runs.</param>
    /// <param name="assembly">This program's own assembly; null where another one has loaded it.</param>
    /// <param name="folder">Where the person is.</param>
    /// <param name="path">Where the shell looks for programs.</param>
    /// <param name="isContainer">True in an image of .NET: the paths there are no paths of the person who started it.</param>
    internal static string Of(string? process, string? assembly, string folder, string? path, bool isContainer = false)
    {
        if (process is null || assembly is null || isContainer)
        {
            return ToolName;
        }

        var name = Path.GetFileNameWithoutExtension(process);
        return name == Host ? $"{Host} {Quoted(Near(assembly, folder))}"
            : name == ToolName && IsOnPath(Path.GetDirectoryName(process), path) ? ToolName
            : Quoted(
                Near(process, folder) is var near && !near.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
                    ? Path.Combine(".", near)
                    : near
            );
    }

    private static bool IsOnPath(string? folder, string? path) =>
        folder is not null
        && (path ?? "")
            .Split(Path.PathSeparator)
            .Any(entry => entry.Length > 0 && Path.TrimEndingDirectorySeparator(entry) == Path.TrimEndingDirectorySeparator(folder));

    /// <summary>The relative path where it is the shorter one.</summary>
    private static string Near(string file, string folder) =>
        Path.GetRelativePath(folder, file) is var relative && relative.Length < file.Length ? relative : file;

    /// <summary>As a POSIX shell takes it.</summary>
    internal static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,@%+\\*".Contains(c, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
