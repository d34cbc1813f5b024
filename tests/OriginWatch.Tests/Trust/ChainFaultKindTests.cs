using OriginWatch.Trust;

namespace OriginWatch.Tests.Trust;

public class ChainFaultKindTests
{
    private static readonly IReadOnlyList<ChainFaultKind> All = [.. Enum.GetValues<ChainFaultKind>().Except([ChainFaultKind.None])];

    [Fact]
    public void Every_kind_has_one_place_among_the_worst_first() =>
        All.Select(kind => kind.Rank()).Order().ShouldBe(Enumerable.Range(0, All.Count));

    [Fact]
    public void What_breaks_is_named_before_what_works() =>
        All.OrderBy(kind => kind.Rank()).Select(kind => kind.Breaks()).ShouldBe(All.Select(kind => kind.Breaks()).OrderDescending());

    [Theory]
    [InlineData(ChainFaultKind.Expired, true, true)]
    [InlineData(ChainFaultKind.OutOfOrder, false, true)]
    [InlineData(ChainFaultKind.RootSent, false, false)]
    public void A_kind_rejects_is_badly_served_or_works(ChainFaultKind kind, bool rejects, bool breaks) =>
        (kind.IsRejection(), kind.Breaks()).ShouldBe((rejects, breaks));
}
