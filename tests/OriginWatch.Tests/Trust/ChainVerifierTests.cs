using OriginWatch.Fixtures;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Trust;

public sealed class ChainVerifierTests : IDisposable
{
    private readonly TestPki _pki = new();

    [Fact]
    public void Trusts_a_complete_chain_and_has_nothing_to_say()
    {
        var chain = _pki.Assess(_pki.Leaf, _pki.Issuing.Certificate, _pki.Upper.Certificate);

        chain.IsTrusted.ShouldBeTrue();
        chain.Diagnosis.ShouldBe(ChainFaultKind.None);
        chain.Path!.Root.ShouldBe("CN=Test Root");
        chain.Path.Certificates.Select(certificate => certificate.Position).ShouldBe([0, 1, 2]);
        chain.FirstToExpire!.Position.ShouldBe(0);
    }

    [Fact]
    public void Validity_includes_both_ends()
    {
        var leaf = _pki.Leaf;
        var first = new DateTimeOffset(leaf.NotBefore.ToUniversalTime());
        var last = new DateTimeOffset(leaf.NotAfter.ToUniversalTime());
        var sent = new[] { leaf, _pki.Issuing.Certificate, _pki.Upper.Certificate };

        _pki.Assess(first, sent).IsTrusted.ShouldBeTrue();
        _pki.Assess(last.AddMilliseconds(999), sent).IsTrusted.ShouldBeTrue();
        _pki.Assess(first.AddSeconds(-1), sent).Diagnosis.ShouldBe(ChainFaultKind.NotYetValid);
        _pki.Assess(last.AddSeconds(1), sent).Diagnosis.ShouldBe(ChainFaultKind.Expired);
    }

    [Fact]
    public void An_intermediate_that_was_not_sent_is_never_found_elsewhere()
    {
        var verifier = new ChainVerifier(_pki.Store);
        verifier.Assess(TestPki.Chain(_pki.Leaf, _pki.Issuing.Certificate, _pki.Upper.Certificate), TestPki.Now).IsTrusted.ShouldBeTrue();

        verifier.Assess(TestPki.Chain(_pki.Leaf, _pki.Issuing.Certificate), TestPki.Now).IsTrusted.ShouldBeFalse();
    }

    [Fact]
    public void A_self_signed_certificate_has_that_one_fault()
    {
        using var own = CertificateAuthority.SelfSigned(TestPki.Name, TestPki.Now);

        var chain = _pki.Assess(own);

        chain.Faults.Select(fault => fault.Kind).ShouldBe([ChainFaultKind.SelfSignedLeaf]);
    }

    [Fact]
    public void What_is_no_certificate_is_carried_with_its_error()
    {
        var served = ServedChain.Parse([new byte[] { 1, 2, 3 }, ReadOnlyMemory<byte>.Empty]);

        served.Certificates.ShouldAllBe(certificate => certificate.ParseError != null);
        new ChainVerifier(_pki.Store).Assess(served, TestPki.Now).Diagnosis.ShouldBe(ChainFaultKind.Unparseable);
        new ChainVerifier(_pki.Store).Assess(new([]), TestPki.Now).Diagnosis.ShouldBe(ChainFaultKind.NoCertificate);
    }

    public void Dispose() => _pki.Dispose();
}
