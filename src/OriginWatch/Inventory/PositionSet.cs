using System.Runtime.InteropServices;

namespace OriginWatch.Inventory;

/// <summary>
/// A set of positions in a path pattern, which is at most 255 characters long. Four words and no UInt128: code for that
/// is compiled at run time, whatever was compiled ahead.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PositionSet(ulong First, ulong Second, ulong Third, ulong Fourth)
{
    public const int MaxPosition = 255;
    private const int WordBits = 64;

    public static readonly PositionSet Empty;

    /// <summary>Every position moved on by one.</summary>
    public PositionSet Next => new(First << 1, Carry(Second, First), Carry(Third, Second), Carry(Fourth, Third));

    public static PositionSet Of(int position)
    {
        var bit = 1UL << (position % WordBits);
        return (position / WordBits) switch
        {
            0 => new(bit, 0, 0, 0),
            1 => new(0, bit, 0, 0),
            2 => new(0, 0, bit, 0),
            3 => new(0, 0, 0, bit),
            _ => Empty,
        };
    }

    public bool Has(int position) => (this & Of(position)) != Empty;

    public bool Includes(PositionSet other) => (this & other) == other;

    public static PositionSet operator &(PositionSet left, PositionSet right)
        => new(left.First & right.First, left.Second & right.Second, left.Third & right.Third, left.Fourth & right.Fourth);

    public static PositionSet operator |(PositionSet left, PositionSet right)
        => new(left.First | right.First, left.Second | right.Second, left.Third | right.Third, left.Fourth | right.Fourth);

    private static ulong Carry(ulong word, ulong before) => (word << 1) | (before >> (WordBits - 1));
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
