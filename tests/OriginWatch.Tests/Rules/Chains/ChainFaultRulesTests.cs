using System.Security.Cryptography.X509Certificates;
using OriginWatch.Loopback;
using OriginWatch.Rules;
using OriginWatch.Rules.Chains;
using OriginWatch.Tests.Trust;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Rules.Chains;

/// <summary>One fault of a chain, one finding.</summary>
public sealed class ChainFaultRulesTests : IDisposable
{
    private readonly TestPki _pki = new();

    [Fact]
    public void A_good_chain_fails_no_rule() => Failing(_pki.Leaf, Issuing, Upper).ShouldBeEmpty();

    [Fact]
    public void Self_signed()
    {
        using var own = CertificateAuthority.SelfSigned(TestPki.Name, TestPki.Now);
        Failing(own).ShouldBe([("OW401", Severity.Critical)]);
    }

    [Fact]
    public void A_missing_intermediate_is_named_with_its_place()
    {
        Failing(_pki.Leaf).ShouldBe([("OW402", Severity.Critical)]);
        var fail = GivenChain.Judge(new ChainIsComplete(), _pki.Assess(_pki.Leaf)).ShouldBeOfType<Verdict.Fail>();
        fail.Detail.ShouldStartWith("certificate 0 (CN=origin.example.com): its issuer CN=Test Issuing CA, key identifier ");
        fail.Remediation.ShouldNotBeNull()
            .ShouldStartWith("Append the certificate of CN=Test Issuing CA to the chain, after certificate 0");
    }

    [Fact]
    public void An_unknown_root()
    {
        using var root = CertificateAuthority.CreateRoot("CN=Corp Root", TestPki.Now);
        using var leaf = root.IssueLeaf(TestPki.Name);
        Failing(leaf, root.Certificate).ShouldBe([("OW403", Severity.Critical)]);
    }

    [Theory]
    [InlineData(-1, ChainFaultKind.DistrustedRoot, "OW404", Severity.Critical)]
    [InlineData(1, ChainFaultKind.RootToBeDistrusted, "OW404", Severity.Medium)]
    public void A_root_on_its_way_out(int days, ChainFaultKind kind, string id, Severity severity)
    {
        var date = new DateTimeOffset(_pki.Leaf.NotBefore.ToUniversalTime()).AddDays(days);
        var anchor = _pki.Store.Anchors[0] with { DistrustAfter = date };
        var chain = new ChainVerifier(new TrustStore([anchor], "the test", null)).Assess(
            TestPki.Chain(_pki.Leaf, Issuing, Upper),
            TestPki.Now
        );

        chain.Diagnosis.ShouldBe(kind);
        chain.IsTrusted.ShouldBe(kind == ChainFaultKind.RootToBeDistrusted);
        GivenChain.Failing(chain).ShouldBe([(id, severity)]);
    }

    [Fact]
    public void A_root_that_is_limited_to_a_domain()
    {
        var anchor = _pki.Store.Anchors[0] with { PermittedDomain = "tr" };
        new ChainVerifier(new TrustStore([anchor], "the test", null))
            .Assess(TestPki.Chain(_pki.Leaf, Issuing, Upper), TestPki.Now)
            .Diagnosis.ShouldBe(ChainFaultKind.InvalidPath);
    }

    [Fact]
    public void Out_of_order_with_the_order_to_install()
    {
        Failing(_pki.Leaf, Upper, Issuing).ShouldBe([("OW405", Severity.Critical)]);
        GivenChain
            .Judge(new ChainIsInOrder(), _pki.Assess(_pki.Leaf, Upper, Issuing))
            .ShouldBe(
                new Verdict.Fail(
                    "the certificates were sent in the order 0, 1, 2 and belong in the order 0, 2, 1",
                    Remediation: "Install them in this order: certificate 0 (CN=origin.example.com), certificate 2 (CN=Test Issuing CA), certificate 1 (CN=Test Upper CA)."
                )
            );
    }

    [Fact]
    public void The_leaf_not_first() => Failing(Upper, Issuing, _pki.Leaf).ShouldBe([("OW405", Severity.Critical)]);

    [Fact]
    public void Superfluous_certificates()
    {
        Failing(_pki.Leaf, Issuing, Issuing, Upper).ShouldBe([("OW407", Severity.Low)]);
        using var stranger = CertificateAuthority.CreateRoot("CN=Stranger", TestPki.Now);
        Failing(_pki.Leaf, Issuing, Upper, stranger.Certificate).ShouldBe([("OW407", Severity.Low)]);
    }

    [Fact]
    public void The_root_in_the_list_is_only_a_remark() =>
        GivenChain
            .Judge(new ChainHasNothingSuperfluous(), _pki.Assess(_pki.Leaf, Issuing, Upper, _pki.Root.Certificate))
            .ShouldBeOfType<Verdict.Pass>()
            .Remark.ShouldNotBeNull()
            .ShouldContain("certificate 3 (CN=Test Root)");

    [Fact]
    public void More_than_seven_certificates() =>
        Failing([_pki.Leaf, Issuing, Upper, .. Enumerable.Repeat(Upper, 5)]).ShouldBe([("OW406", Severity.High), ("OW407", Severity.Low)]);

    [Fact]
    public void An_intermediate_that_expires_first()
    {
        using var issuing = _pki.Upper.CreateIntermediate("CN=Old CA", TestPki.Now.AddDays(40));
        using var leaf = issuing.IssueLeaf(TestPki.Name);
        Failing(leaf, issuing.Certificate, Upper).ShouldBe([("OW408", Severity.Medium)]);
    }

    [Fact]
    public void An_issuer_that_is_no_CA()
    {
        var root = Forged.Root(Recipe.Authority("CN=Root"));
        var server = root.Issue(new() { Subject = "CN=No CA" });
        var chain = new ChainVerifier(TestPki.StoreOf(root.Certificate)).Assess(
            TestPki.Chain(server.Issue(new()).Certificate, server.Certificate),
            TestPki.Now
        );
        GivenChain.Failing(chain).ShouldBe([("OW409", Severity.Critical)]);
    }

    [Fact]
    public void What_cannot_be_read()
    {
        var chain = new ChainVerifier(_pki.Store).Assess(ServedChain.Parse(["not a certificate"u8.ToArray()]), TestPki.Now);
        GivenChain.Failing(chain).ShouldBe([("OW410", Severity.Critical)]);
    }

    [Fact]
    public void Different_certificates_on_two_addresses()
    {
        using var second = _pki.Issuing.IssueLeaf(TestPki.Name);
        var same = Given.Observation(null, Given.Seen(At("192.0.2.1", _pki.Leaf), At("192.0.2.2", _pki.Leaf)));
        var different = Given.Observation(null, Given.Seen(At("192.0.2.1", _pki.Leaf), At("192.0.2.2", second)));
        var nothing = Given.Observation(null, Given.Seen(GivenChain.Seen("192.0.2.1", null)));
        var rule = new AddressesServeTheSameChain();

        GivenChain.Judge(rule, same).ShouldBeOfType<Verdict.Pass>();
        GivenChain
            .Judge(rule, different)
            .ShouldBeOfType<Verdict.Fail>()
            .Detail.ShouldStartWith("2 addresses of origin.example.com serve 2 different certificates: 192.0.2.1 until 2027-01-22");
        GivenChain.Judge(rule, nothing).ShouldBeOfType<Verdict.NotApplicable>().IsUnreached.ShouldBeTrue();
        GivenChain.Judge(rule, same with { Targets = [] }).ShouldBeOfType<Verdict.NotApplicable>();
    }

    public void Dispose() => _pki.Dispose();

    private X509Certificate2 Issuing => _pki.Issuing.Certificate;

    private X509Certificate2 Upper => _pki.Upper.Certificate;

    private IReadOnlyList<(string Id, Severity Severity)> Failing(params IEnumerable<X509Certificate2> sent) =>
        GivenChain.Failing(_pki.Assess(sent));

    private AddressObservation At(string address, X509Certificate2 leaf) => GivenChain.Seen(address, GivenChain.Chain(_pki, leaf));
}
