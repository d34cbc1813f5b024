using System.Text;
using OriginWatch.Tests.Trust.Repair;
using OriginWatch.Text;
using OriginWatch.Trust;
using OriginWatch.Trust.Lifecycles;
using OriginWatch.Trust.Repair;

namespace OriginWatch.Tests.Trust.Lifecycles;

/// <summary>The shape of Let's Encrypt's generation Y: leaf ← issuing ← a root in no list, whose key an older root of the list has
/// signed.</summary>
public sealed class CrossSignTests : IAsyncDisposable
{
    private readonly FileServer _server = new();
    private readonly IssuerFetcher _fetcher = new(allowPrivateAddresses: true, TimeProvider.System);
    private readonly Forged _old = Forged.Root(Recipe.Authority("CN=Old Root"));
    private readonly Forged _new = Forged.Root(Recipe.Authority("CN=New Root"));
    private readonly Forged _cross;
    private readonly Forged _issuing;
    private readonly Forged _leaf;
    private readonly TrustStore _store;
    private readonly ChainVerifier _verifier;

    public CrossSignTests()
    {
        _cross = _old.Issue(Recipe.Authority("CN=New Root") with { Key = _new.Key, Serial = [0x46] });
        _issuing = _new.Issue(Recipe.Authority("CN=Issuing") with { IssuerAddresses = [_server.Url("/new")] });
        _leaf = _issuing.Issue(new() { IssuerAddresses = [_server.Url("/issuing")] });
        _store = TestPki.StoreOf(_old.Certificate);
        _verifier = new(_store) { CrossSigns = new([Entry()]) };
    }

    [Fact]
    public void Advice_names_the_certificate_that_is_accepted_and_not_the_self_signed_root()
    {
        var chain = Assess(_leaf, _issuing);

        chain.Diagnosis.ShouldBe(ChainFaultKind.MissingIntermediate);
        chain
            .Faults[0]
            .Remedy.ShouldBe(
                $"Append New Root as signed by Old Root (SHA-256 {Hash(_cross)[..16]}…, {_server.Url("/cross")}) to the chain and reload the server, or drop the setting. The self-signed New Root does not help."
            );
    }

    [Fact]
    public void The_self_signed_root_is_to_be_replaced()
    {
        var chain = Assess(_leaf, _issuing, _new);

        chain.Diagnosis.ShouldBe(ChainFaultKind.UntrustedRoot);
        chain
            .Faults[0]
            .Detail.ShouldBe(
                "certificate 2 (CN=New Root): it is self-signed and not in Mozilla's list; the same key is trusted as signed by Old Root"
            );
        chain.Faults[0].Remedy.ShouldNotBeNull().ShouldStartWith("Replace certificate 2 with New Root as signed by Old Root (SHA-256");
    }

    [Fact]
    public void With_the_cross_sign_nothing_is_left_to_say() =>
        Assess(_leaf, _issuing, _cross)
            .ShouldSatisfyAllConditions(chain => chain.IsTrusted.ShouldBeTrue(), chain => chain.Faults.ShouldBeEmpty());

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_repair_ends_in_a_bundle_that_is_accepted_whatever_the_issuers_address_serves(bool servesTheSelfSigned)
    {
        _server.Serve("/new", (servesTheSelfSigned ? _new : _cross).Certificate.RawData);
        _server.Serve("/cross", _cross.Certificate.RawData);

        var repaired = await RepairAsync(_leaf, _issuing);

        repaired.Problem.ShouldBeNull();
        repaired.Bundle.Certificates.Select(certificate => certificate.Sha256).ShouldBe([Hash(_leaf), Hash(_issuing), Hash(_cross)]);
        repaired.Assessment!.Faults.ShouldBeEmpty();
        repaired.Steps.Contains($"Fetched New Root as signed by Old Root from {_server.Url("/cross")}.").ShouldBe(servesTheSelfSigned);
    }

    [Fact]
    public async Task A_bundle_with_the_self_signed_root_is_repaired()
    {
        _server.Serve("/cross", _cross.Certificate.RawData);
        (await RepairAsync(_leaf, _issuing, _new))
            .Bundle.Certificates.Select(certificate => certificate.Sha256)
            .ShouldBe([Hash(_leaf), Hash(_issuing), Hash(_cross)]);
    }

    [Fact]
    public async Task Another_certificate_at_the_published_address_is_not_taken()
    {
        _server.Serve("/cross", Forged.Root(Recipe.Authority("CN=New Root")).Certificate.RawData);

        var repaired = await RepairAsync(_leaf, _issuing, _new);

        repaired.Bundle.Certificates.ShouldBeEmpty();
        repaired.Steps.ShouldBe([
            $"Fetched nothing useful from {_server.Url("/cross")}: what it offers is not the certificate that the CA published.",
        ]);
    }

    [Fact]
    public void An_entry_whose_issuer_left_the_roots_is_not_advised() =>
        new ChainVerifier(TestPki.StoreOf(Forged.Root(Recipe.Authority("CN=Other")).Certificate)) { CrossSigns = new([Entry()]) }
            .Assess(Chain(_leaf, _issuing), TestPki.Now)
            .CrossSign.ShouldBeNull();

    [Fact]
    public void An_entry_that_has_expired_is_not_advised() =>
        new ChainVerifier(_store) { CrossSigns = new([Entry() with { NotAfter = new(2026, 11, 22) }]) }
            .Assess(Chain(_leaf, _issuing), TestPki.Now)
            .CrossSign.ShouldBeNull();

    [Fact]
    public void Every_shipped_entry_leads_to_a_root_of_the_shipped_list()
    {
        var store = TrustStore.LoadMozilla();
        CrossSigns.Shipped.Entries.Count.ShouldBe(4);
        CrossSigns.Shipped.Entries.ShouldAllBe(entry =>
            CrossSigns.Shipped.Find(entry.Subject, entry.KeyId, store) == entry && store.Find(entry.IssuerSha256)!.Label == entry.Issuer
        );
        CrossSigns.Shipped.Entries.ShouldAllBe(entry => store.Anchors.All(anchor => anchor.Subject != entry.Subject));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"crossSigns":[{"subject":null}]}""")]
    [InlineData(
        """{"crossSigns":[{"subject":"CN=A","keyId":"00","issuer":"B","issuerSha256":"00","sha256":"00","notAfter":"2030-01-01","address":null,"otherwise":null,"source":"x"}]}"""
    )]
    public void A_damaged_table_is_refused(string json) =>
        Should
            .Throw<OperatorException>(() => CrossSigns.Read(Encoding.UTF8.GetBytes(json)))
            .Message.ShouldContain("cross-signs.json cannot be read");

    public async ValueTask DisposeAsync()
    {
        _fetcher.Dispose();
        await _server.DisposeAsync();
    }

    private static string Hash(Forged forged) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(forged.Certificate.RawData));

    private static ServedChain Chain(params IEnumerable<Forged> sent) => TestPki.Chain(sent.Select(forged => forged.Certificate));

    private CrossSign Entry() =>
        new(
            "CN=New Root",
            Chain(_new).FirstSent!.Parsed!.Extensions.SubjectKeyId is { } id ? Convert.ToHexStringLower(id.Span) : "",
            "Old Root",
            Hash(_old),
            Hash(_cross),
            new(2030, 1, 1),
            _server.Url("/cross"),
            "drop the setting",
            "https://ca.example/"
        );

    private ChainAssessment Assess(params IEnumerable<Forged> sent) => _verifier.Assess(Chain(sent), TestPki.Now);

    private Task<RepairedChain> RepairAsync(params IEnumerable<Forged> sent) =>
        new ChainRepair(_verifier, _fetcher.FetchAsync, _fetcher.FetchPublishedAsync).RepairAsync(
            Chain(sent),
            TestPki.Now,
            TestContext.Current.CancellationToken
        );
}
