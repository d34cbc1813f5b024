namespace OriginWatch.Inventory;

/// <summary>
/// A cache behavior's path pattern: <c>*</c> stands for any run of characters, <c>?</c> for exactly one; case matters, and a leading slash makes no difference
/// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern).
/// </summary>
internal sealed class PathPattern
{
    /// <summary>Sets of positions to follow at once before containment is given up: patterns that need more are not written by hand.</summary>
    private const int MaxSets = 64;

    private static readonly char[] Wildcards = ['*', '?'];

    private readonly string _pattern;
    private readonly int _literalPrefix;
    private readonly int _literalSuffix;
    private readonly PositionSet _stars;
    private readonly PositionSet _questionMarks;

    /// <summary>
    /// The pattern's own text starts with <c>?</c>, and AWS does not say whether that stands for the leading slash; or it is longer than CloudFront takes.
    /// Nothing is claimed about it.
    /// </summary>
    private readonly bool _isUnclear;

    public PathPattern(string text)
    {
        Text = text;
        _pattern = WithoutDoubleStars(text.StartsWith('/') ? text[1..] : text);
        _isUnclear = text.StartsWith('?') || _pattern.Length > PositionSet.MaxPosition;
        _literalPrefix = _pattern.IndexOfAny(Wildcards) is var first and >= 0 ? first : _pattern.Length;
        _literalSuffix = _pattern.Length - 1 - _pattern.LastIndexOfAny(Wildcards);
        _stars = PositionsOf('*');
        _questionMarks = PositionsOf('?');
    }

    public string Text { get; }

    /// <summary>Whether a request for the path takes the behavior with this pattern.</summary>
    public bool Matches(string path)
    {
        var reached = Start();
        foreach (var character in path.StartsWith('/') ? path.AsSpan(1) : path)
        {
            reached = Step(reached, PositionsOf(character));
        }

        return reached.Has(_pattern.Length);
    }

    /// <summary>
    /// True only when this pattern matches every path that <paramref name="other"/> matches.
    /// Where the other has a wildcard, a character is taken that this pattern nowhere spells out: it advances the fewest positions,
    /// so what matches with it matches with any character. What <c>*</c> makes of it is followed for every length until nothing new comes.
    /// </summary>
    public bool Contains(PathPattern other)
    {
        if (_pattern == "*" || string.Equals(Text, other.Text, StringComparison.Ordinal))
        {
            return true;
        }

        if (_isUnclear || other._isUnclear || !EndsAgree(other))
        {
            return false;
        }

        var sets = new SmallestSets(stackalloc PositionSet[MaxSets]);
        var next = new SmallestSets(stackalloc PositionSet[MaxSets]);
        sets.Add(Start());
        foreach (var character in other._pattern)
        {
            next.Clear();
            if (!Advance(sets, character, ref next) || next[0] == PositionSet.Empty)
            {
                return false;
            }

            var used = sets;
            sets = next;
            next = used;
        }

        return sets.AllHave(_pattern.Length);
    }

    private static string WithoutDoubleStars(string pattern)
    {
        while (pattern.Contains("**", StringComparison.Ordinal))
        {
            pattern = pattern.Replace("**", "*", StringComparison.Ordinal);
        }

        return pattern;
    }

    /// <summary>Most pairs of patterns differ in what they spell out at the start or at the end.</summary>
    private bool EndsAgree(PathPattern other)
        => _literalPrefix <= other._literalPrefix
            && _literalSuffix <= other._literalSuffix
            && other._pattern.AsSpan().StartsWith(_pattern.AsSpan(0, _literalPrefix), StringComparison.Ordinal)
            && other._pattern.AsSpan().EndsWith(_pattern.AsSpan(_pattern.Length - _literalSuffix), StringComparison.Ordinal);

    /// <returns>False when there are more sets than are followed.</returns>
    private bool Advance(SmallestSets sets, char character, ref SmallestSets next)
    {
        var literal = character is '*' or '?' ? PositionSet.Empty : PositionsOf(character);
        for (var index = 0; index < sets.Count; index++)
        {
            if (!(character == '*' ? AddEveryLength(sets[index], ref next) : next.Add(Step(sets[index], literal))))
            {
                return false;
            }
        }

        return true;
    }

    private bool AddEveryLength(PositionSet set, ref SmallestSets next)
    {
        while (next.Add(set))
        {
            var longer = Step(set, PositionSet.Empty);
            if (longer == set)
            {
                return true;
            }

            set = longer;
        }

        return false;
    }

    private PositionSet Start() => Close(PositionSet.Of(0));

    /// <param name="positions">Positions in this pattern that the text so far may have reached.</param>
    /// <param name="literal">Where the pattern spells out the next character; nowhere for one that it does not hold.</param>
    private PositionSet Step(PositionSet positions, PositionSet literal)
        => Close((positions & (literal | _questionMarks)).Next | (positions & _stars));

    /// <summary>A star may stand for nothing.</summary>
    private PositionSet Close(PositionSet positions) => positions | (positions & _stars).Next;

    private PositionSet PositionsOf(char character)
    {
        var positions = PositionSet.Empty;
        for (var index = _pattern.IndexOf(character, StringComparison.Ordinal); index >= 0; index = _pattern.IndexOf(character, index + 1))
        {
            positions |= PositionSet.Of(index);
        }

        return positions;
    }
}
