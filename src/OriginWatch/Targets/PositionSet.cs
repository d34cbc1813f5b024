using System.Runtime.InteropServices;

namespace OriginWatch.Targets;

/// <summary>A set of positions in a path pattern, which is at most 255 characters long.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PositionSet(UInt128 Low, UInt128 High)
{
    public const int MaxPosition = 255;
    private const int Half = 128;

    public static readonly PositionSet Empty;

    public static PositionSet Of(int position)
        => position < Half ? new(UInt128.One << position, 0) : position <= MaxPosition ? new(0, UInt128.One << (position - Half)) : Empty;

    /// <summary>Every position moved on by one.</summary>
    public PositionSet Next => new(Low << 1, (High << 1) | (Low >> (Half - 1)));

    public bool Has(int position) => (this & Of(position)) != Empty;

    public bool Includes(PositionSet other) => (this & other) == other;

    public static PositionSet operator &(PositionSet left, PositionSet right) => new(left.Low & right.Low, left.High & right.High);

    public static PositionSet operator |(PositionSet left, PositionSet right) => new(left.Low | right.Low, left.High | right.High);
}

/// <summary>
/// Sets of positions of which none includes another, in a buffer of fixed size:
/// what matches from a set matches from any larger one, so the smallest speak for the others.
/// </summary>
internal ref struct SmallestSets(Span<PositionSet> buffer)
{
    private readonly Span<PositionSet> _sets = buffer;

    public int Count { get; private set; }

    public readonly PositionSet this[int index] => _sets[index];

    public void Clear() => Count = 0;

    /// <returns>False when the buffer is full.</returns>
    public bool Add(PositionSet set)
    {
        var kept = 0;
        for (var index = 0; index < Count; index++)
        {
            if (set.Includes(_sets[index]))
            {
                return true;
            }

            if (!_sets[index].Includes(set))
            {
                _sets[kept++] = _sets[index];
            }
        }

        Count = kept;
        if (kept == _sets.Length)
        {
            return false;
        }

        _sets[Count++] = set;
        return true;
    }

    public readonly bool AllHave(int position)
    {
        foreach (var set in _sets[..Count])
        {
            if (!set.Has(position))
            {
                return false;
            }
        }

        return true;
    }
}
