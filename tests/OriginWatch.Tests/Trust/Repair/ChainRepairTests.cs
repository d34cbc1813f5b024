using OriginWatch.Trust;
using OriginWatch.Trust.Repair;

namespace OriginWatch.Tests.Trust.Repair;

public sealed class ChainRepairTests : IAsyncDisposable
{
    private readonly FileServer _server = new();
    private readonly IssuerFetcher _fetcher = new(allowPrivateAddresses: true, TimeProvider.System);
    private readonly Forged _root = Forged.Root(Recipe.Authority("CN=Root"));
    private readonly Forged _upper;
    private readonly Forged _issuing;
    private readonly Forged _leaf;

    public ChainRepairTests()
    {
        _upper = _root.Issue(Recipe.Authority("CN=Upper"));
        _issuing = _upper.Issue(Recipe.Authority("CN=Issuing") with { IssuerAddresses = [_server.Url("/upper")] });
        _leaf = _issuing.Issue(new() { IssuerAddresses = ["ldap://directory.example/", _server.Url("/issuing")] });
    }

    [Fact]
    public async Task Fetches_one_issuer_after_the_other_until_the_verifier_accepts()
    {
        _server.Serve("/issuing", _issuing.Certificate.RawData);
        _server.Serve("/upper", _upper.Certificate.RawData);

        var repaired = await RepairAsync(_leaf);

        repaired.Problem.ShouldBeNull();
        repaired.Bundle.Certificates.Select(certificate => certificate.Subject).ShouldBe([$"CN={TestPki.Name}", "CN=Issuing", "CN=Upper"]);
        repaired.Assessment!.IsTrusted.ShouldBeTrue();
        repaired.Assessment.Faults.ShouldBeEmpty();
        repaired.Steps[0].ShouldBe("Fetched nothing useful from ldap://directory.example/: only http addresses are fetched.");
        repaired.Steps[^1].ShouldBe($"Install 3 certificates in this order: CN={TestPki.Name}, CN=Issuing, CN=Upper.");
        CertificateFile.Read(System.Text.Encoding.ASCII.GetBytes(repaired.Pem)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Puts_in_order_without_fetching_anything()
    {
        var repaired = await RepairAsync(_leaf, _root, _upper, _issuing, _upper);

        repaired.Bundle.Certificates.Select(certificate => certificate.Subject).ShouldBe([$"CN={TestPki.Name}", "CN=Issuing", "CN=Upper"]);
        _server.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_certificate_of_the_right_name_with_the_wrong_key_is_trusted_no_more_than_one_that_was_sent()
    {
        _server.Serve("/issuing", Forged.Root(Recipe.Authority("CN=Issuing")).Certificate.RawData);

        var repaired = await RepairAsync(_leaf);

        repaired.Bundle.Certificates.ShouldBeEmpty();
        repaired.Problem.ShouldNotBeNull().ShouldContain("issuer CN=Issuing");
    }

    [Fact]
    public async Task What_other_certificates_cannot_mend_is_said()
    {
        var expired = _issuing.Issue(new() { NotAfter = TestPki.Now.AddDays(-1) });

        var repaired = await RepairAsync(expired, _issuing, _upper);

        repaired.Problem.ShouldNotBeNull().ShouldContain("it expired on");
        repaired.Bundle.Certificates.ShouldBeEmpty();
    }

    public async ValueTask DisposeAsync()
    {
        _fetcher.Dispose();
        await _server.DisposeAsync();
    }

    private Task<RepairedChain> RepairAsync(params IEnumerable<Forged> sent)
    {
        var verifier = new ChainVerifier(TestPki.StoreOf(_root.Certificate));
        return new ChainRepair(verifier, _fetcher.FetchAsync, _fetcher.FetchPublishedAsync).RepairAsync(
            TestPki.Chain(sent.Select(forged => forged.Certificate)),
            TestPki.Now,
            TestContext.Current.CancellationToken
        );
    }
}
