using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OriginWatch.Loopback;
using OriginWatch.Rules;
using OriginWatch.Tests.Probing;
using OriginWatch.Tests.Rules;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Trust;

/// <summary>The servers that people know to be bad, on loopback: each gets one main diagnosis, and a remedy.</summary>
public sealed class KnownBadServersTests : IDisposable
{
    private static readonly Lazy<Forged> RsaRoot = new(() => Forged.Root(Recipe.Authority("CN=RSA Root") with { RsaBits = 2048 }));
    private readonly TestPki _pki = new();

    [Fact]
    public Task A_good_one() => ExpectAsync(_pki.Leaf, Issuers());

    [Fact]
    public Task Expired() => ExpectAsync(Leaf(new() { NotAfter = TestPki.Now.AddDays(-1) }), Issuers(), "OW301");

    [Fact]
    public Task Not_yet_valid() =>
        ExpectAsync(Leaf(new() { NotBefore = TestPki.Now.AddDays(1), NotAfter = TestPki.Now.AddDays(91) }), Issuers(), "OW302");

    [Fact]
    public Task Wrong_host() => ExpectAsync(_pki.Issuing.IssueLeaf("other.example.com"), Issuers(), "OW304");

    [Fact]
    public Task Self_signed() => ExpectAsync(CertificateAuthority.SelfSigned(TestPki.Name, TestPki.Now), [], "OW401");

    [Fact]
    public Task Self_signed_and_expired() =>
        ExpectAsync(
            CertificateAuthority.SelfSigned(TestPki.Name, TestPki.Now, new() { NotAfter = TestPki.Now.AddDays(-1) }),
            [],
            "OW301",
            "OW401"
        );

    [Fact]
    public async Task Untrusted_root()
    {
        using var root = CertificateAuthority.CreateRoot("CN=Private Root", TestPki.Now);
        using var issuing = root.CreateIntermediate("CN=Private CA");
        using var leaf = issuing.IssueLeaf(TestPki.Name);
        await ExpectAsync(leaf, [issuing.Certificate, root.Certificate], "OW403");
        await ExpectAsync(leaf, [issuing.Certificate], "OW403");
    }

    [Fact]
    public Task Incomplete_chain() => ExpectAsync(_pki.Leaf, [], "OW402");

    [Fact]
    public Task Wrong_order() => ExpectAsync(_pki.Leaf, [_pki.Upper.Certificate, _pki.Issuing.Certificate], "OW405");

    [Fact]
    public Task Stood_on_its_head()
    {
        var shape = TlsServerShape.For(_pki.Leaf) with
        {
            Chain = [_pki.Upper.Certificate.RawData, _pki.Issuing.Certificate.RawData, _pki.Leaf.RawData],
        };
        return ExpectAsync(shape, _pki.Store, "OW405");
    }

    [Fact]
    public Task No_subject_alternative_name() => ExpectAsync(Leaf(new() { DnsNames = [] }), Issuers(), "OW305");

    [Fact]
    public Task Sha1() => ExpectRsaAsync(new() { RsaBits = 2048, Hash = HashAlgorithmName.SHA1 }, "OW308");

    [Fact]
    public Task Rsa_of_1024_bits() => ExpectRsaAsync(new() { RsaBits = 1024 }, "OW307");

    [Fact]
    public Task Rsa_of_512_bits() => ExpectRsaAsync(new() { RsaBits = 512 }, "OW306");

    [Theory]
    [InlineData(1_000)]
    [InlineData(10_000)]
    public Task Many_names(int count) =>
        ExpectAsync(
            Leaf(new() { DnsNames = [.. Enumerable.Range(0, count - 1).Select(number => $"n{number}.example.com"), TestPki.Name] }),
            Issuers()
        );

    public void Dispose() => _pki.Dispose();

    private X509Certificate2 Leaf(CertificateShape shape) => _pki.Issuing.IssueLeaf(TestPki.Name, shape);

    private X509Certificate2[] Issuers() => [_pki.Issuing.Certificate, _pki.Upper.Certificate];

    private Task ExpectAsync(X509Certificate2 leaf, IEnumerable<X509Certificate2> issuers, params string[] rules) =>
        ExpectAsync(TlsServerShape.For(leaf, issuers), _pki.Store, rules);

    private Task ExpectRsaAsync(Recipe recipe, params string[] rules)
    {
        var leaf = RsaRoot.Value.Issue(recipe);
        var shape = TlsServerShape.For(_pki.Leaf) with
        {
            Chain = [leaf.Certificate.RawData],
            PrivateKey = leaf.Key.ExportPkcs8PrivateKey(),
        };
        return ExpectAsync(shape, TestPki.StoreOf(RsaRoot.Value.Certificate), rules);
    }

    private static async Task ExpectAsync(TlsServerShape shape, TrustStore store, params string[] rules)
    {
        var seen = (await Prober.LookAsync(shape)).Seen;
        var chain = new ChainVerifier(store).Assess(ServedChain.Parse(seen.Chain), TestPki.Now);
        var failing = GivenChain
            .Failing(chain)
            .Where(answer => answer.Severity > Severity.Low || rules.Contains(answer.Id))
            .Select(answer => answer.Id);

        failing.ShouldBe(rules);
        GivenChain.Remedies(chain).ShouldAllBe(remedy => remedy.Length > 20);
        (chain.IsTrusted && rules.Length == 0).ShouldBe(rules.Length == 0);
    }
}
