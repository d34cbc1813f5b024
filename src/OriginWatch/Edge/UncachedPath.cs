using System.Buffers;
using System.Text;
using OriginWatch.Inventory;
using OriginWatch.Targets;

namespace OriginWatch.Edge;

/// <summary>A path that takes one behavior and that no cache can hold: a random token stands in its wildcards, or in the query
/// string.</summary>
internal static class UncachedPath
{
    private const string Prefix = "originwatch-";

    /// <summary>RFC 3986, section 3.3: what stands in a path as it is; anything else is escaped.</summary>
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()+,;=:@/"
    );

    /// <returns>Path and query; null where earlier behaviors take every path tried, or where the pattern is no path.</returns>
    public static string? For(Distribution distribution, CacheBehavior behavior, string token)
    {
        var pattern = new PathPattern(behavior.PathPattern);
        var earlier = distribution
            .CacheBehaviors.TakeWhile(other => !ReferenceEquals(other, behavior))
            .Select(other => new PathPattern(other.PathPattern))
            .ToList();
        return Candidates(behavior.PathPattern, token)
            .Where(path => pattern.Matches(path) && !earlier.Exists(before => before.Matches(path)) && StaysAsItIs(path))
            .Select(path => behavior.PathPattern.Contains('*', StringComparison.Ordinal) ? path : $"{path}?originwatch={token}")
            .FirstOrDefault();
    }

    /// <summary>The last star holds the token; where an earlier behavior takes that path, the others are tried, and a longer one.</summary>
    private static IEnumerable<string> Candidates(string pattern, string token)
    {
        var stars = pattern.Count(character => character == '*');
        for (var star = Math.Max(1, stars); star >= 1; star--)
        {
            yield return Fill(pattern, token, star, $"{Prefix}{token}");
            yield return Fill(pattern, token, star, $"{Prefix}{token}/{token}");
            yield return Fill(pattern, token, star, token);
        }
    }

    private static string Fill(string pattern, string token, int tokenStar, string stand)
    {
        var path = new StringBuilder(pattern.StartsWith('/') ? "" : "/");
        var (star, mark) = (0, 0);
        foreach (var character in pattern)
        {
            _ = character switch
            {
                '*' => ++star == tokenStar ? path.Append(stand) : path.Append('x'),
                '?' => path.Append(token[mark++ % token.Length]),
                _ => path.Append(character),
            };
        }

        return path.ToString();
    }

    /// <summary>An HTTP client removes dot segments and escapes other characters, and CloudFront would then see another path.</summary>
    private static bool StaysAsItIs(string path) =>
        path.AsSpan().IndexOfAnyExcept(PathCharacters) < 0
        && Uri.TryCreate($"https://d.invalid{path}", UriKind.Absolute, out var uri)
        && string.Equals(uri.AbsolutePath, path, StringComparison.Ordinal);
}
