using System.IO.Enumeration;

namespace OriginWatch.Inventory;

/// <summary>
/// A cache behavior's path pattern: <c>*</c> stands for any run of characters, <c>?</c> for exactly one; case matters, and a leading slash
/// makes no difference
/// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern).
/// </summary>
internal sealed class PathPattern
{
    private static readonly char[] Wildcards = ['*', '?'];
    private readonly string _pattern;
    private readonly string _expression;
    private readonly int _head;
    private readonly int _tail;

    public PathPattern(string text)
    {
        Text = text;
        _pattern = WithoutDoubleStars(WithoutSlash(text));
        _expression = _pattern.Replace("\\", "\\\\", StringComparison.Ordinal); // which escapes in expressions, and nowhere else
        var (first, last) = (_pattern.IndexOfAny(Wildcards), _pattern.LastIndexOfAny(Wildcards));
        (_head, _tail) = first < 0 ? (_pattern.Length, 0) : (first, last + 1);
    }

    public string Text { get; }

    private ReadOnlySpan<char> Head => _pattern.AsSpan(0, _head);

    private ReadOnlySpan<char> Tail => _pattern.AsSpan(_tail);

    private bool IsLiteral => _head == _pattern.Length;

    /// <summary>A text, one star, a text.</summary>
    private bool HasOneStarAlone => !IsLiteral && _tail == _head + 1 && _pattern[_head] == '*';

    /// <summary>Whether a request for the path takes the behavior with this pattern.</summary>
    public bool Matches(string path) =>
        _pattern == "*"
        || (
            WithoutSlash(path) is var rest
            && (IsLiteral ? rest == _pattern : FileSystemName.MatchesSimpleExpression(_expression, rest, ignoreCase: false))
        );

    /// <summary>
    /// True only when this pattern matches every path that <paramref name="other"/> matches, as can be seen from what both spell out at
    /// their ends. Patterns with
    /// several wildcards may contain each other in ways that are not found: nothing is claimed of them. AWS does not say whether a <c>?</c>
    /// at the start
    /// stands for the leading slash: nothing is claimed of such a pattern either, unless all is taken.
    /// </summary>
    public bool Contains(PathPattern other) =>
        _pattern == "*"
        || string.Equals(Text, other.Text, StringComparison.Ordinal)
        || (
            !Text.StartsWith('?')
            && !other.Text.StartsWith('?')
            && (other.IsLiteral ? Matches(other.Text) : HasOneStarAlone && EndsContain(other))
        );

    private bool EndsContain(PathPattern other) =>
        other.Head.StartsWith(Head, StringComparison.Ordinal) && other.Tail.EndsWith(Tail, StringComparison.Ordinal);

    private static string WithoutSlash(string text) => text.StartsWith('/') ? text[1..] : text;

    private static string WithoutDoubleStars(string pattern)
    {
        while (pattern.Contains("**", StringComparison.Ordinal))
        {
            pattern = pattern.Replace("**", "*", StringComparison.Ordinal);
        }

        return pattern;
    }
}
