using System.IO.Enumeration;

namespace OriginWatch.Inventory;

/// <summary>Patterns in which * and ? match, case-insensitive.</summary>
public static class Glob
{
    /// <summary>True where there is no pattern at all.</summary>
    public static bool MatchesAny(IReadOnlyList<string> patterns, string text)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        return patterns.Count == 0 || patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: true));
    }
}
