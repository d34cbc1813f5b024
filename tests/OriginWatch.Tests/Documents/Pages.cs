using OriginWatch.Tests.Aws;

namespace OriginWatch.Tests.Documents;

/// <summary>The repository's Markdown files.</summary>
internal static class Pages
{
    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    public static string Top => Tools.Top;

    /// <summary>Paths from the top, with slashes.</summary>
    public static IEnumerable<string> All =>
        new[] { ".github", "src", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Top, folder), "*.md", Everywhere))
            .Select(path => Path.GetRelativePath(Top, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Intersect(["bin", "obj", "node_modules"], StringComparer.Ordinal).Any())
            .Prepend("README.md")
            .Order(StringComparer.Ordinal);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Top, path)).ReplaceLineEndings("\n");

    /// <summary>The fenced blocks of a language.</summary>
    public static IEnumerable<string> Code(string path, string language) =>
        Read(path).Split($"```{language}\n").Skip(1).Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]);
}
