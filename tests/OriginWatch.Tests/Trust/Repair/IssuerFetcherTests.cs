using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OriginWatch.Trust.Repair;

namespace OriginWatch.Tests.Trust.Repair;

public sealed class IssuerFetcherTests : IAsyncLifetime
{
    private readonly FileServer _server = new();
    private readonly TestPki _pki = new();
    private readonly IssuerFetcher _fetcher = new(allowPrivateAddresses: true, TimeProvider.System);

    [Fact]
    public async Task Der_Pem_and_Pkcs7_are_read()
    {
        var der = _pki.Issuing.Certificate.RawData;
        var pkcs7 = new X509Certificate2Collection { _pki.Issuing.Certificate, _pki.Upper.Certificate }.Export(X509ContentType.Pkcs7)!;
        _server.Serve("/der", der);
        _server.Serve("/pem", Encoding.ASCII.GetBytes(_pki.Issuing.Certificate.ExportCertificatePem()));
        _server.Serve("/p7c", pkcs7);
        _server.Serve("/p7b", Encoding.ASCII.GetBytes(PemEncoding.WriteString("PKCS7", pkcs7)));

        (await FetchAsync("/der")).Certificates.ShouldHaveSingleItem().ToArray().ShouldBe(der);
        (await FetchAsync("/pem")).Certificates.ShouldHaveSingleItem().ToArray().ShouldBe(der);
        (await FetchAsync("/p7c")).Certificates.Count.ShouldBe(2);
        (await FetchAsync("/p7b")).Certificates.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Three_redirects_are_followed_and_a_fourth_is_not()
    {
        _server.Redirect("/4", "/3");
        _server.Redirect("/3", _server.Url("/2"));
        _server.Redirect("/2", "/1");
        _server.Redirect("/1", "/der");
        _server.Serve("/der", _pki.Issuing.Certificate.RawData);

        (await FetchAsync("/3")).Problem.ShouldBeNull();
        (await FetchAsync("/4")).Problem.ShouldBe("more than 3 redirects");
    }

    [Theory]
    [InlineData("https://ca.example/ca.crt")]
    [InlineData("ldap://ca.example/cn=ca")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    public async Task Only_http_is_fetched(string address)
    {
        _server.Redirect(
            "/away",
            address.Length == 0 ? "gopher://ca.example/"
                : address.StartsWith('/') ? "file://" + address
                : address
        );

        (await _fetcher.FetchAsync(address, Token)).Problem.ShouldBe("only http addresses are fetched");
        (await FetchAsync("/away")).Problem.ShouldBe("only http addresses are fetched");
    }

    [Fact]
    public async Task Addresses_that_are_not_public_are_refused_before_a_byte_is_sent()
    {
        using var careful = new IssuerFetcher(allowPrivateAddresses: false, TimeProvider.System);

        (await careful.FetchAsync(_server.Url("/der"), Token)).Problem.ShouldBe(
            "127.0.0.1 is a loopback address, and only public ones are fetched from"
        );
        (await careful.FetchAsync("http://169.254.169.254/latest/meta-data/", Token)).Problem.ShouldNotBeNull().ShouldContain("link-local");
        (await careful.FetchAsync("http://[::ffff:10.0.0.1]/", Token)).Problem.ShouldNotBeNull().ShouldContain("private");
        _server.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task More_than_64_KiB_is_not_read()
    {
        _server.Serve("/large", new byte[(64 * 1024) + 1]);
        (await FetchAsync("/large")).Problem.ShouldBe("more than 64 KiB");
    }

    [Fact]
    public async Task What_is_no_certificate_is_named_so()
    {
        _server.Serve("/html", "<html>"u8.ToArray());
        (await FetchAsync("/html")).Problem.ShouldBe("what it offers is no certificate (DER, PEM or PKCS#7)");
        (await FetchAsync("/nowhere")).Problem.ShouldBe("HTTP status 404");
    }

    [Fact]
    public async Task Silence_ends_after_five_seconds()
    {
        var clock = new FakeTimeProvider();
        using var fetcher = new IssuerFetcher(allowPrivateAddresses: true, clock);
        _server.Hang("/silent");
        var fetching = fetcher.FetchAsync(_server.Url("/silent"), Token);
        while (_server.Asked.IsEmpty)
        {
            await Task.Yield();
        }

        clock.Advance(TimeSpan.FromSeconds(5));

        (await fetching).Problem.ShouldBe("no answer within 5 seconds");
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _fetcher.Dispose();
        _pki.Dispose();
        await _server.DisposeAsync();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Task<IssuerFetch> FetchAsync(string path) => _fetcher.FetchAsync(_server.Url(path), Token);
}
