using OriginWatch.Trust;

namespace OriginWatch.Tests.Trust;

public class ChainFaultKindTests
{
    [Fact]
    public void Every_kind_has_one_place_among_the_worst_first() =>
        ChainFaultKinds.WorstFirst.ShouldBe(Enum.GetValues<ChainFaultKind>().Except([ChainFaultKind.None]), ignoreOrder: true);

    [Fact]
    public void What_breaks_is_named_before_what_works() =>
        ChainFaultKinds
            .WorstFirst.Select(kind => kind.Breaks())
            .ShouldBe(ChainFaultKinds.WorstFirst.Select(kind => kind.Breaks()).OrderDescending());

    [Theory]
    [InlineData(ChainFaultKind.Expired, true, true)]
    [InlineData(ChainFaultKind.OutOfOrder, false, true)]
    [InlineData(ChainFaultKind.RootSent, false, false)]
    public void A_kind_rejects_is_badly_served_or_works(ChainFaultKind kind, bool rejects, bool breaks) =>
        (kind.IsRejection(), kind.Breaks()).ShouldBe((rejects, breaks));
}
