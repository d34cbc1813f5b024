using System.Text.Json;
using OriginWatch.Cli;
using OriginWatch.Reporting;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Cli;

public sealed class RootsCommandTests : IDisposable
{
    private readonly Shell _shell = new();

    [Fact]
    public void Age_and_distrust_dates_are_shown() =>
        RootsReport
            .Text(TrustStore.LoadMozilla(), new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero), all: false)
            .ShouldBe(
                """
                Mozilla's roots, NSS builtins 2.92: 118 roots, 2026-10-28, 26 days old
                Izenpe.com: not trusted for certificates issued after 2026-04-15
                2027-04-15  leaves Mozilla's list  AC RAIZ FNMT-RCM
                2027-04-15  leaves Mozilla's list  Certum Trusted Network CA
                2027-04-15  leaves Mozilla's list  COMODO ECC Certification Authority
                2027-04-15  leaves Mozilla's list  D-TRUST Root Class 3 CA 2 2009
                2027-04-15  leaves Mozilla's list  D-TRUST Root Class 3 CA 2 EV 2009
                2027-04-15  leaves Mozilla's list  GlobalSign Root CA - R3
                2027-04-15  leaves Mozilla's list  Go Daddy Root Certificate Authority - G2
                2027-04-15  leaves Mozilla's list  Microsec e-Szigno Root CA 2009
                2027-04-15  leaves Mozilla's list  NetLock Arany (Class Gold) Főtanúsítvány
                2027-04-15  leaves Mozilla's list  Security Communication RootCA2
                2027-04-15  leaves Mozilla's list  Starfield Root Certificate Authority - G2
                2027-04-15  leaves Mozilla's list  Starfield Services Root Certificate Authority - G2
                2027-04-15  leaves Mozilla's list  T-TeleSec GlobalRoot Class 2
                2027-04-15  leaves Mozilla's list  T-TeleSec GlobalRoot Class 3
                2027-04-15  leaves Mozilla's list  TWCA Root Certification Authority
                2028-04-15  leaves Mozilla's list  ACCVRAIZ1
                2028-04-15  leaves Mozilla's list  Actalis Authentication Root CA
                2028-04-15  leaves Mozilla's list  Buypass Class 2 Root CA
                2028-04-15  leaves Mozilla's list  Buypass Class 3 Root CA
                2028-04-15  leaves Mozilla's list  Certum Trusted Network CA 2
                2028-04-15  leaves Mozilla's list  COMODO RSA Certification Authority
                2028-04-15  leaves Mozilla's list  USERTrust ECC Certification Authority
                2028-04-15  leaves Mozilla's list  USERTrust RSA Certification Authority
                TUBITAK Kamu SM SSL Kok Sertifikasi - Surum 1: trusted for names under .tr alone

                """
            );

    [Fact]
    public void Old_roots_are_called_old() =>
        RootsReport
            .Text(TrustStore.LoadMozilla(), new(2028, 1, 1, 0, 0, 0, TimeSpan.Zero), all: false)
            .ShouldContain("430 days old, too old");

    [Fact]
    public async Task All_are_listed_on_request()
    {
        var result = await _shell.RunAsync("roots", "--all");
        result.Code.ShouldBe(ExitCode.Clean);
        result.Output.ShouldContain(
            "ebc5570c29018c4d67b1aa127baf12f703b4611ebc17b7dab5573894179b93fa  2030-01-01  2027-04-15  AC RAIZ FNMT-RCM"
        );
    }

    [Fact]
    public async Task Another_day_may_be_asked_about()
    {
        (await _shell.RunAsync("roots", "--at", "2026-01-01")).Output.ShouldNotContain("2028-04-15");
        (await _shell.RunAsync("roots", "--at", "2027-12-01")).Output.ShouldContain(
            "2029-04-15  leaves Mozilla's list  DigiCert Global Root G2"
        );
    }

    [Fact]
    public async Task Roots_that_the_lifecycles_do_not_know_are_counted()
    {
        using var pki = new TestPki();
        var roots = _shell.Write("own.pem", pki.Root.Certificate.ExportCertificatePem());
        (await _shell.RunAsync("roots", "--roots", roots)).Output.ShouldContain(
            "1 root not in the lifecycle data: OriginWatch does not forecast when Mozilla removes it"
        );
    }

    [Fact]
    public async Task Json_lists_every_root() =>
        JsonDocument
            .Parse((await _shell.RunAsync("roots", "--format", "json")).Output)
            .RootElement.GetProperty("roots")
            .GetArrayLength()
            .ShouldBe(118);

    public void Dispose() => _shell.Dispose();
}
