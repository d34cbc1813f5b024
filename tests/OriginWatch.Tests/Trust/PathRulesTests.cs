using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Trust;

/// <summary>What RFC 5280 forbids within a path, one fault at a time: root, one CA, one leaf.</summary>
public class PathRulesTests
{
    private static readonly Forged Root = Forged.Root(Recipe.Authority("CN=Root"));
    private static readonly TrustStore Store = TestPki.StoreOf(Root.Certificate);

    [Fact]
    public void The_plain_recipe_is_trusted() => Faults(Recipe.Authority("CN=CA"), new()).ShouldBeEmpty();

    [Fact]
    public void An_issuer_must_be_a_CA()
    {
        Faults(Recipe.Authority("CN=CA") with { IsCa = false }, new())
            .ShouldContain((ChainFaultKind.InvalidPath, "certificate 1 (CN=CA): it issued a certificate and is no CA"));
        Faults(Recipe.Authority("CN=CA") with { IsCa = null }, new())
            .ShouldContain((ChainFaultKind.InvalidPath, "certificate 1 (CN=CA): it issued a certificate and has no basicConstraints"));
    }

    [Fact]
    public void The_key_usage_of_an_issuer_must_allow_it() =>
        Faults(Recipe.Authority("CN=CA") with { KeyUsage = X509KeyUsageFlags.DigitalSignature }, new())
            .ShouldContain(
                (ChainFaultKind.InvalidPath, "certificate 1 (CN=CA): it issued a certificate and its key usage does not allow that")
            );

    [Fact]
    public void A_path_length_counts_the_CAs_below()
    {
        var upper = Root.Issue(Recipe.Authority("CN=Upper") with { PathLength = 0 });
        var lower = upper.Issue(Recipe.Authority("CN=Lower"));
        Assess(upper.Issue(new()), upper).IsTrusted.ShouldBeTrue();
        Assess(lower.Issue(new()), lower, upper)
            .Faults.ShouldContain(fault => fault.Detail.EndsWith("it allows 0 CAs below it and has 1", StringComparison.Ordinal));
    }

    [Fact]
    public void A_self_issued_CA_does_not_count_for_the_path_length()
    {
        var old = Root.Issue(Recipe.Authority("CN=CA") with { PathLength = 0 });
        var rolled = old.Issue(Recipe.Authority("CN=CA") with { PathLength = 0 });
        Assess(rolled.Issue(new()), rolled, old).IsTrusted.ShouldBeTrue();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Server_authentication_must_be_allowed_all_the_way(bool inIssuer)
    {
        string[] clientAuth = ["1.3.6.1.5.5.7.3.2"];
        var faults = inIssuer
            ? Faults(Recipe.Authority("CN=CA") with { ExtendedKeyUsage = clientAuth }, new())
            : Faults(Recipe.Authority("CN=CA"), new() { ExtendedKeyUsage = clientAuth });
        faults.ShouldHaveSingleItem().Kind.ShouldBe(ChainFaultKind.NoServerAuth);
        Faults(Recipe.Authority("CN=CA"), new() { ExtendedKeyUsage = null }).ShouldBeEmpty();
    }

    [Fact]
    public void An_unknown_critical_extension_is_refused_and_an_unknown_plain_one_is_not()
    {
        X509Extension Unknown(bool critical) => new("1.2.3.4.5", [5, 0], critical);
        Faults(Recipe.Authority("CN=CA"), new() { Extensions = [Unknown(true)] })
            .ShouldHaveSingleItem()
            .Detail.ShouldEndWith("its critical extension 1.2.3.4.5 is not known to TLS clients");
        Faults(Recipe.Authority("CN=CA"), new() { Extensions = [Unknown(false)] }).ShouldBeEmpty();
    }

    [Fact]
    public void Weak_hashes_and_keys_are_facts_of_their_own_and_not_of_trust()
    {
        var rsa = Forged.Root(Recipe.Authority("CN=RSA Root") with { RsaBits = 2048 });
        var leaf = rsa.Issue(new() { Hash = HashAlgorithmName.SHA1, RsaBits = 1024 });
        var chain = new ChainVerifier(TestPki.StoreOf(rsa.Certificate)).Assess(TestPki.Chain(leaf.Certificate), TestPki.Now);

        chain.IsTrusted.ShouldBeTrue();
        chain.Faults.Select(fault => fault.Kind).ShouldBe([ChainFaultKind.WeakSignature, ChainFaultKind.WeakKey]);
        chain.Fault(ChainFaultKind.WeakSignature)!.Detail.ShouldEndWith("it is signed with SHA-1 with RSA");
    }

    [Fact]
    public void A_key_on_P521_cannot_be_used_by_CloudFront() =>
        Faults(Recipe.Authority("CN=CA"), new() { Curve = ECCurve.NamedCurves.nistP521 })
            .ShouldHaveSingleItem()
            .ShouldBe(
                (
                    ChainFaultKind.KeyNotUsable,
                    "certificate 0 (CN=origin.example.com): its key is EC P-521, and CloudFront supports the curves P-256 and P-384"
                )
            );

    [Fact]
    public void A_signature_by_another_key_of_the_same_name_is_refused()
    {
        var real = Root.Issue(Recipe.Authority("CN=CA") with { HasKeyIds = false });
        var twin = Root.Issue(Recipe.Authority("CN=CA") with { HasKeyIds = false });
        var chain = Assess(real.Issue(new() { HasKeyIds = false }), twin);

        chain.IsTrusted.ShouldBeFalse();
        chain.Diagnosis.ShouldBe(ChainFaultKind.InvalidPath);
        chain
            .Faults[0]
            .Detail.ShouldStartWith(
                "certificate 0 (CN=origin.example.com): its signature does not verify with the key of certificate 1 (CN=CA)"
            );
    }

    [Fact]
    public void Faults_of_form_are_rejections_only_when_asked_for()
    {
        var ca = Root.Issue(Recipe.Authority("CN=CA"));
        var sent = TestPki.Chain(ca.Issue(new() { HasKeyIds = false }).Certificate, ca.Certificate);

        new ChainVerifier(Store).Assess(sent, TestPki.Now).IsTrusted.ShouldBeTrue();
        var strict = new ChainVerifier(Store, strict: true).Assess(sent, TestPki.Now);
        strict.IsTrusted.ShouldBeFalse();
        strict.Diagnosis.ShouldBe(ChainFaultKind.Pedantic);
    }

    [Fact]
    public void A_root_that_did_not_sign_itself_is_an_anchor_all_the_same()
    {
        var ca = Root.Issue(Recipe.Authority("CN=CA"));
        var chain = new ChainVerifier(TestPki.StoreOf(ca.Certificate)).Assess(TestPki.Chain(ca.Issue(new()).Certificate), TestPki.Now);

        chain.IsTrusted.ShouldBeTrue();
        chain.Path!.Root.ShouldBe("CN=CA");
    }

    [Fact]
    public void A_cycle_of_CAs_ends()
    {
        var first = Recipe.Authority("CN=A") with { Key = ECDsa.Create(ECCurve.NamedCurves.nistP256), HasKeyIds = false };
        var second = Recipe.Authority("CN=B") with { Key = ECDsa.Create(ECCurve.NamedCurves.nistP256), HasKeyIds = false };
        var a = Forged.Root(second).Issue(first);
        var b = Forged.Root(first).Issue(second);

        Assess(a.Issue(new()), a, b).IsTrusted.ShouldBeFalse();
    }

    private static List<(ChainFaultKind Kind, string Detail)> Faults(Recipe authority, Recipe leaf)
    {
        var ca = Root.Issue(authority);
        return
        [
            .. Assess(ca.Issue(leaf), ca)
                .Faults.Where(fault => fault.Kind != ChainFaultKind.Pedantic)
                .Select(fault => (fault.Kind, fault.Detail)),
        ];
    }

    private static ChainAssessment Assess(params IEnumerable<Forged> sent) =>
        new ChainVerifier(Store).Assess(TestPki.Chain(sent.Select(forged => forged.Certificate)), TestPki.Now);
}
