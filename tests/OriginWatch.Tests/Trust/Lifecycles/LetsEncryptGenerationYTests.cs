using OriginWatch.Trust;
using OriginWatch.Trust.Repair;

namespace OriginWatch.Tests.Trust.Lifecycles;

/// <summary>The certificates that Let's Encrypt publishes, where they lie beside the project; <see cref="CrossSignTests"/> makes the same
/// shape everywhere.</summary>
public sealed class LetsEncryptGenerationYTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 26, 0, 0, 0, TimeSpan.Zero);
    private readonly ChainVerifier _verifier = new(TrustStore.LoadMozilla());

    [Theory]
    [InlineData(
        "int-ye1.pem",
        "root-ye.pem",
        "root-ye-by-x2.pem",
        "Root YE as signed by ISRG Root X2 (SHA-256 0fc0901cca2bae9e…, https://letsencrypt.org/certs/gen-y/root-ye-by-x2.der)"
    )]
    [InlineData(
        "int-yr1.pem",
        "root-yr.pem",
        "root-yr-by-x1.pem",
        "Root YR as signed by ISRG Root X1 (SHA-256 072639d0b140d5bf…, https://letsencrypt.org/certs/gen-y/root-yr-by-x1.der)"
    )]
    public async Task Get_the_right_advice_and_the_bundle_is_accepted(string issuing, string selfSigned, string cross, string named)
    {
        var missing = _verifier.Assess(Chain(issuing), Now);
        var wrong = _verifier.Assess(Chain(issuing, selfSigned), Now);

        missing.Faults[0].Remedy.ShouldNotBeNull().ShouldStartWith($"Append {named} to the chain");
        wrong.Faults[0].Remedy.ShouldNotBeNull().ShouldStartWith($"Replace certificate 1 with {named}");
        _verifier.Assess(Chain(issuing, cross), Now).Faults.ShouldBeEmpty();

        var repair = new ChainRepair(_verifier, Serve(selfSigned), Serve(cross));
        var bundle = (await repair.RepairAsync(Chain(issuing), Now, TestContext.Current.CancellationToken)).Bundle;
        bundle
            .Certificates.Select(certificate => certificate.Sha256)
            .ShouldBe(Chain(issuing, cross).Certificates.Select(certificate => certificate.Sha256));
        _verifier.Assess(bundle, Now).IsTrusted.ShouldBeTrue();
    }

    private static Func<string, CancellationToken, Task<IssuerFetch>> Serve(string file) =>
        (address, _) => Task.FromResult(new IssuerFetch(address, CertificateFile.Read(Read(file)), null));

    private static ServedChain Chain(params IEnumerable<string> files) =>
        ServedChain.Parse([.. files.SelectMany(file => CertificateFile.Read(Read(file)))]);

    private static byte[] Read(string file) => File.ReadAllBytes(PublicData.Find("le-gen-y", file));
}
