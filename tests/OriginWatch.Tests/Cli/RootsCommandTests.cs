using System.Text.Json;
using OriginWatch.Cli;
using OriginWatch.Reporting;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Cli;

public sealed class RootsCommandTests : IDisposable
{
    private readonly Shell _shell = new();

    [Fact]
    public void Age_and_distrust_dates_are_shown()
        => RootsReport.Text(TrustStore.LoadMozilla(), new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero), all: false).ShouldBe("""
            Mozilla's roots, NSS builtins 2.92: 118 roots, 2026-10-28, 26 days old
            Izenpe.com: not trusted for certificates issued after 2026-04-15
            TUBITAK Kamu SM SSL Kok Sertifikasi - Surum 1: trusted for names under .tr alone

            """);

    [Fact]
    public void Old_roots_are_called_old()
        => RootsReport.Text(TrustStore.LoadMozilla(), new(2028, 1, 1, 0, 0, 0, TimeSpan.Zero), all: false).ShouldContain("430 days old, too old");

    [Fact]
    public async Task All_are_listed_on_request()
    {
        var result = await _shell.RunAsync("roots", "--all");
        result.Code.ShouldBe(ExitCode.Clean);
        result.Output.ShouldContain("ebc5570c29018c4d67b1aa127baf12f703b4611ebc17b7dab5573894179b93fa  2030-01-01  AC RAIZ FNMT-RCM");
    }

    [Fact]
    public async Task Json_lists_every_root()
        => JsonDocument.Parse((await _shell.RunAsync("roots", "--format", "json")).Output).RootElement.GetProperty("roots").GetArrayLength().ShouldBe(118);

    public void Dispose() => _shell.Dispose();
}
