using OriginWatch.Rules;
using OriginWatch.Tests.Rules;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Trust;

/// <summary>A chain that takes too long to judge is undetermined, by one rule, and never rejected.</summary>
public sealed class UnfinishedTests : IDisposable
{
    private readonly TestPki _pki = new();

    [Fact]
    public void The_chain_is_not_known_to_be_good_or_bad()
    {
        var served = TestPki.Chain(_pki.Leaf, _pki.Issuing.Certificate, _pki.Upper.Certificate);
        var chain = new ChainVerifier(_pki.Store) { Time = new Racing() }.Assess(served, TestPki.Now);

        chain.IsUnfinished.ShouldBeTrue();
        chain.IsTrusted.ShouldBeFalse();
        var verdicts = new RuleCatalog(new()).Rules.Where(rule => rule.Metadata.Id[2] is '3' or '4' && rule is CertificateRule)
            .ToDictionary(rule => rule.Metadata.Id, rule => GivenChain.Judge(rule, chain).ShouldBeOfType<Verdict.Undetermined>(), StringComparer.Ordinal);
        verdicts.Where(verdict => !verdict.Value.IsConsequence).ShouldHaveSingleItem().Value.Reason.ShouldBe("the certificates could not be judged within 10 seconds");
    }

    [Fact]
    public void In_time_nothing_is_unfinished()
        => GivenChain.Chain(_pki, _pki.Leaf).IsUnfinished.ShouldBeFalse();

    public void Dispose() => _pki.Dispose();

    /// <summary>Every look at it is eleven seconds later.</summary>
    private sealed class Racing : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => _now += 11 * TimestampFrequency;
    }
}
