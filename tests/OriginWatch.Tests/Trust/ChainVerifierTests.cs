using OriginWatch.Loopback;
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

    [Fact]
    public void No_change_of_bytes_is_an_exception_and_none_of_the_signed_part_is_trusted()
    {
        var random = new Random(20261123);
        var verifier = new ChainVerifier(_pki.Store);
        for (var round = 0; round < 400; round++)
        {
            var raw = _pki.Leaf.RawData;
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                raw[random.Next(raw.Length)] ^= (byte)random.Next(1, 256);
            }

            if (round % 3 == 0)
            {
                raw = raw[..random.Next(raw.Length)];
            }

            var chain = verifier.Assess(
                verifier.Parse([raw, _pki.Issuing.Certificate.RawData, _pki.Upper.Certificate.RawData]),
                TestPki.Now
            );
            chain.IsTrusted.ShouldBeFalse();
            chain.Faults.ShouldNotBeEmpty();
            HostName.Match(chain.Served.FirstSent!, TestPki.Name).ShouldNotBeNull();
        }
    }

    [Fact]
    public void One_verifier_serves_many_threads()
    {
        var verifier = new ChainVerifier(_pki.Store);
        ReadOnlyMemory<byte>[] sent = [_pki.Leaf.RawData, _pki.Issuing.Certificate.RawData, _pki.Upper.Certificate.RawData];

        Enumerable.Range(0, 500).AsParallel().All(_ => verifier.Assess(verifier.Parse(sent), TestPki.Now).IsTrusted).ShouldBeTrue();
    }

    public void Dispose() => _pki.Dispose();
}
