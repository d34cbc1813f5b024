using OriginWatch.Tests.Trust;
using OriginWatch.Tls;

namespace OriginWatch.Tests.Tls;

/// <summary>How deep elements may stand within one another before a parser that recurses is given them.</summary>
public class DerNestingTests
{
    private const int Deepest = 32;

    [Theory]
    [InlineData(Deepest - 1, true)]
    [InlineData(Deepest, true)]
    [InlineData(Deepest + 1, false)]
    public void The_bound_is_32_levels(int levels, bool expected) => DerNesting.IsShallow(Nested(levels)).ShouldBe(expected);

    [Fact]
    public void What_stands_side_by_side_is_not_deep() =>
        DerNesting.IsShallow([.. Enumerable.Repeat(Nested(Deepest), 3).SelectMany(nested => nested)]).ShouldBeTrue();

    private static byte[] Nested(int levels)
    {
        byte[] element = [];
        for (var level = 0; level < levels; level++)
        {
            element = Handmade.Element(0x30, element);
        }

        return element;
    }
}
