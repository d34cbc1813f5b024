using OriginWatch.Audit;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Tests.Rules;
using OriginWatch.Tls;
using OriginWatch.Trust;
using OriginWatch.Trust.Paths;
using OriginWatch.Trust.X509;

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
        var verdicts = new RuleCatalog(new())
            .Rules.Where(rule => rule.Metadata.Id[2] is '3' or '4' && rule is CertificateRule)
            .ToDictionary(
                rule => rule.Metadata.Id,
                rule => GivenChain.Judge(rule, chain).ShouldBeOfType<Verdict.Undetermined>(),
                StringComparer.Ordinal
            );
        verdicts
            .Where(verdict => !verdict.Value.IsConsequence)
            .ShouldHaveSingleItem()
            .Value.Reason.ShouldBe("the certificates could not be judged within 10 seconds");
    }

    [Fact]
    public void In_time_nothing_is_unfinished() => GivenChain.Chain(_pki, _pki.Leaf).IsUnfinished.ShouldBeFalse();

    /// <summary>A target of many addresses may send another chain from each.</summary>
    [Fact]
    public void The_chains_of_one_target_have_one_deadline_together()
    {
        var verifier = new ChainVerifier(_pki.Store) { Time = new Racing { Seconds = 0.2 } };
        var seen = ProbedTarget.Of(
            new(new HttpTarget { DomainName = "origin.example", Port = 80 }, [.. Enumerable.Range(1, 30).Select(Attempt)]),
            verifier.OfOneTarget(TestPki.Now),
            TestPki.Now
        );

        bool[] unfinished = [.. seen.Addresses.Select(address => address.Decisive.First.Chain!.IsUnfinished)];
        unfinished[0].ShouldBeFalse();
        unfinished[^1].ShouldBeTrue();
        verifier.OfOneTarget(TestPki.Now)(Sent()).IsUnfinished.ShouldBeFalse("the next target has its own");

        ProbeAttempt Attempt(int address) =>
            new(new(address), new(TlsProtocol.Tls12), IsConfirmation: false, new Handshake { Seen = new() { Chain = Sent() } });

        ReadOnlyMemory<byte>[] Sent() =>
            [_pki.Issuing.IssueLeaf(TestPki.Name).RawData, _pki.Issuing.Certificate.RawData, _pki.Upper.Certificate.RawData];
    }

    /// <summary>What was concluded of a chain holds for whoever sends it; what time cut short holds for nobody else.</summary>
    [Fact]
    public void A_chain_that_many_send_is_evaluated_once_and_an_unfinished_one_again()
    {
        ReadOnlyMemory<byte>[] sent = [_pki.Leaf.RawData, _pki.Issuing.Certificate.RawData, _pki.Upper.Certificate.RawData];
        var verifier = new ChainVerifier(_pki.Store);
        var first = verifier.OfOneTarget(TestPki.Now)(sent);
        verifier
            .OfOneTarget(TestPki.Now)([.. sent.Select(certificate => new ReadOnlyMemory<byte>(certificate.ToArray()))])
            .ShouldBeSameAs(first);
        verifier.OfOneTarget(TestPki.Now.AddYears(50))(sent).IsTrusted.ShouldBeFalse("another instant is another question");
        verifier.OfOneTarget(TestPki.Now)(sent[..1]).IsTrusted.ShouldBeFalse("fewer certificates are another chain");

        var slow = new Racing();
        var late = new ChainVerifier(_pki.Store) { Time = slow };
        late.OfOneTarget(TestPki.Now)(sent).IsUnfinished.ShouldBeTrue();
        slow.Seconds = 0;
        late.OfOneTarget(TestPki.Now)(sent).IsTrusted.ShouldBeTrue();
    }

    [Fact]
    public void A_budget_is_for_so_many_comparisons_and_steps()
    {
        var budget = new WorkBudget();
        budget.TakeComparisons(4_000_000).ShouldBeTrue();
        budget.TakeComparisons(1).ShouldBeFalse();
        budget.TakeSignature(SignatureCost.MostOfOne).ShouldBeTrue();
        budget.TakeSignature(SignatureCost.MostOfOne + 1).ShouldBeFalse();
        Enumerable.Range(0, 2_000).ShouldAllBe(_ => budget.TakeStep());
        budget.IsSpent.ShouldBeTrue();
        budget.TakeStep().ShouldBeFalse();
    }

    public void Dispose() => _pki.Dispose();

    /// <summary>Every look at it is so much later.</summary>
    private sealed class Racing : TimeProvider
    {
        private long _now;

        public double Seconds { get; set; } = 11;

        public override long GetTimestamp() => _now += (long)(Seconds * TimestampFrequency);
    }
}
