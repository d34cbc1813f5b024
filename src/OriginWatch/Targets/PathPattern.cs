using System.Collections;

namespace OriginWatch.Targets;

/// <summary>
/// A cache behaviour's path pattern: <c>*</c> stands for any run of characters, <c>?</c> for exactly one; case matters, and a leading slash makes no difference
/// (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern).
/// </summary>
internal sealed class PathPattern
{
    /// <summary>Sets of positions to follow at once before containment is given up: patterns that need more are not written by hand.</summary>
    private const int MaxSets = 4096;

    private readonly string _pattern;
    private readonly int _literalPrefix;

    /// <summary>The pattern's own text starts with <c>?</c>: AWS does not say whether that stands for the leading slash, so nothing is claimed about it.</summary>
    private readonly bool _isAmbiguous;

    public PathPattern(string text)
    {
        Text = text;
        _pattern = text.StartsWith('/') ? text[1..] : text;
        _isAmbiguous = text.StartsWith('?');
        _literalPrefix = _pattern.AsSpan().IndexOfAny('*', '?') is var index and >= 0 ? index : _pattern.Length;
    }

    public string Text { get; }

    private bool MatchesAll => _pattern.Length > 0 && _pattern.AsSpan().IndexOfAnyExcept('*') < 0;

    /// <summary>Whether a request for the path takes the behaviour with this pattern.</summary>
    public bool Matches(string path)
    {
        var reached = Start();
        foreach (var character in path.StartsWith('/') ? path.AsSpan(1) : path)
        {
            reached = Step(reached, character);
        }

        return reached[_pattern.Length];
    }

    /// <summary>
    /// True only when this pattern matches every path that <paramref name="other"/> matches.
    /// Where the other has a wildcard, a character is taken that this pattern nowhere spells out: it advances the fewest positions,
    /// so what matches with it matches with any character. What <c>*</c> makes of it is followed for every length until nothing new comes.
    /// </summary>
    public bool Contains(PathPattern other)
    {
        if (MatchesAll || string.Equals(Text, other.Text, StringComparison.Ordinal))
        {
            return true;
        }

        if (_isAmbiguous || other._isAmbiguous || !PrefixAgrees(other))
        {
            return false;
        }

        var sets = new HashSet<BitArray>(PositionComparer.Instance) { Start() };
        foreach (var character in other._pattern)
        {
            sets = Advance(sets, character);
            if (sets.Count > MaxSets || sets.Any(set => !set.HasAnySet()))
            {
                return false;
            }
        }

        return sets.All(set => set[_pattern.Length]);
    }

    private bool PrefixAgrees(PathPattern other)
        => _literalPrefix <= other._literalPrefix
            && other._pattern.AsSpan().StartsWith(_pattern.AsSpan(0, _literalPrefix), StringComparison.Ordinal);

    private HashSet<BitArray> Advance(HashSet<BitArray> sets, char character)
    {
        var next = new HashSet<BitArray>(PositionComparer.Instance);
        foreach (var set in sets)
        {
            if (character != '*')
            {
                next.Add(Step(set, character == '?' ? null : character));
                continue;
            }

            for (var longer = set; next.Count <= MaxSets && next.Add(longer);)
            {
                longer = Step(longer, null);
            }
        }

        return next;
    }

    private BitArray Start() => Close(new BitArray(_pattern.Length + 1) { [0] = true });

    /// <param name="positions">Positions in this pattern that the text so far may have reached.</param>
    /// <param name="character">The next one; null for one that this pattern nowhere spells out.</param>
    private BitArray Step(BitArray positions, char? character)
    {
        var next = new BitArray(positions.Length);
        for (var position = 0; position < _pattern.Length; position++)
        {
            if (!positions[position])
            {
                continue;
            }

            if (_pattern[position] == '*')
            {
                next[position] = true;
            }
            else if (_pattern[position] == '?' || _pattern[position] == character)
            {
                next[position + 1] = true;
            }
        }

        return Close(next);
    }

    /// <summary>A star may stand for nothing.</summary>
    private BitArray Close(BitArray positions)
    {
        for (var position = 0; position < _pattern.Length; position++)
        {
            if (positions[position] && _pattern[position] == '*')
            {
                positions[position + 1] = true;
            }
        }

        return positions;
    }

    private sealed class PositionComparer : IEqualityComparer<BitArray>
    {
        public static readonly PositionComparer Instance = new();

        public bool Equals(BitArray? x, BitArray? y)
            => x is not null && y is not null && x.Length == y.Length && x.Cast<bool>().SequenceEqual(y.Cast<bool>());

        public int GetHashCode(BitArray obj)
        {
            var hash = new HashCode();
            foreach (bool bit in obj)
            {
                hash.Add(bit);
            }

            return hash.ToHashCode();
        }
    }
}
