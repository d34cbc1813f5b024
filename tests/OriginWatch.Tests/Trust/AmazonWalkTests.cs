using System.Security.Cryptography;
using OriginWatch.Rules;
using OriginWatch.Tests.Rules;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Trust;

/// <summary>s2n takes the first issuer that fits and is in date and never comes back: where only a search would save the chain, OW407 says
/// so.</summary>
public class AmazonWalkTests
{
    private static readonly ECDsa CaKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly Forged Root = Forged.Root(Recipe.Authority("CN=Root"));
    private static readonly Forged Other = Forged.Root(Recipe.Authority("CN=Other Root"));
    private static readonly Forged Ca = Root.Issue(CaRecipe());
    private static readonly Forged Leaf = Ca.Issue(new());

    [Fact]
    public void A_twin_by_an_unknown_root_is_taken_when_it_stands_first()
    {
        var twin = Other.Issue(CaRecipe());
        var chain = Assess([Root], Leaf, twin, Ca);

        chain.IsTrusted.ShouldBeTrue();
        GivenChain.Failing(chain).ShouldBe([("OW407", Severity.Critical)]);
        chain
            .Fault(ChainFaultKind.WrongTwinFirst)
            .ShouldBe(
                new(
                    ChainFaultKind.WrongTwinFirst,
                    "CloudFront may take certificate 1 (CN=CA) instead of certificate 2 (CN=CA), the first that fits: that path ends at certificate 1 (CN=CA), whose issuer CN=Other Root is not trusted",
                    "Take certificate 1 (CN=CA) out of the chain.",
                    1
                )
            );
        GivenChain.Failing(Assess([Root], Leaf, Ca, twin)).ShouldBe([("OW407", Severity.Low)]);
    }

    [Fact]
    public void A_twin_of_another_key_is_taken_unless_its_key_identifier_tells_it_apart()
    {
        var plain = CaRecipe() with { HasKeyIds = false };
        var (right, wrong) = (Root.Issue(plain), Root.Issue(plain with { Key = null }));
        GivenChain
            .Failing(Assess([Root], right.Issue(new() { HasKeyIds = false }), wrong, right))
            .ShouldBe([("OW407", Severity.Critical), ("OW311", Severity.Low)], ignoreOrder: true);

        var told = Root.Issue(CaRecipe() with { Key = null });
        GivenChain.Failing(Assess([Root], Leaf, told, Ca)).ShouldBe([("OW407", Severity.Low)]);
    }

    [Fact]
    public void A_twin_that_is_out_of_date_is_passed_over_and_one_that_may_not_serve_is_not()
    {
        var expired = Root.Issue(CaRecipe() with { NotAfter = TestPki.Now.AddDays(-1) });
        GivenChain.Failing(Assess([Root], Leaf, expired, Ca)).ShouldBe([("OW407", Severity.Low)]);

        var client = Root.Issue(CaRecipe() with { ExtendedKeyUsage = ["1.3.6.1.5.5.7.3.2"] });
        var chain = Assess([Root], Leaf, client, Ca);
        GivenChain.Failing(chain).ShouldBe([("OW407", Severity.Critical)]);
        chain
            .Fault(ChainFaultKind.WrongTwinFirst)!
            .Detail.ShouldEndWith("on that path certificate 1 (CN=CA): its extended key usage does not include server authentication");
    }

    [Fact]
    public void What_only_s2n_stumbles_over_is_high()
    {
        var gated = Root.Issue(CaRecipe() with { ExtendedKeyUsage = ["1.3.6.1.4.1.311.10.3.3"] });
        GivenChain.Failing(Assess([Root], Leaf, gated, Ca)).ShouldBe([("OW407", Severity.High)]);
        GivenChain.Failing(Assess([Root], Leaf, gated)).ShouldBe([("OW309", Severity.High)]);
    }

    [Fact]
    public void A_root_of_the_store_comes_before_what_was_sent()
    {
        var old = Forged.Root(Recipe.Authority("CN=Root") with { Key = Root.Key, NotAfter = TestPki.Now.AddDays(-1) });
        var cross = Other.Issue(Recipe.Authority("CN=Root") with { Key = Root.Key });
        GivenChain.Failing(Assess([old, Other], Leaf, Ca, cross)).ShouldBe([("OW407", Severity.Critical)]);
        GivenChain.Failing(Assess([old, Root, Other], Leaf, Ca, cross)).ShouldBeEmpty();
    }

    [Fact]
    public void A_certificate_that_cannot_be_read_ends_the_handshake_wherever_it_stands()
    {
        var sent = TestPki
            .Chain(Leaf.Certificate, Ca.Certificate)
            .Certificates.Select(certificate => certificate.Raw)
            .Append("no certificate"u8.ToArray())
            .ToList();
        GivenChain
            .Failing(new ChainVerifier(TestPki.StoreOf(Root.Certificate)).Assess(ServedChain.Parse(sent), TestPki.Now))
            .ShouldContain(("OW410", Severity.Critical));
    }

    [Fact]
    public void So_does_a_key_that_it_cannot_decode_and_there_it_is_alone()
    {
        var stranger = Other.Issue(Recipe.Authority("CN=Old Curve") with { Curve = ECCurve.CreateFromValue("1.2.840.10045.3.1.1") });
        GivenChain.Failing(Assess([Root], Leaf, Ca, stranger)).ShouldContain(("OW410", Severity.High));
    }

    [Fact]
    public void A_root_before_what_it_certifies_is_out_of_order_whether_the_path_needs_it_or_not()
    {
        var cross = Other.Issue(Recipe.Authority("CN=Root") with { Key = Root.Key });
        GivenChain.Failing(Assess([Root], Leaf, cross, Ca)).ShouldBe([("OW405", Severity.Critical)]);
        GivenChain.Failing(Assess([Root], Leaf, Root, Ca)).ShouldBe([("OW405", Severity.Critical)]);
        GivenChain.Failing(Assess([Root], Leaf, Ca, cross, Other)).ShouldBeEmpty();
    }

    [Fact]
    public void A_roots_own_path_length_and_usage_are_remarks()
    {
        var limited = Forged.Root(Recipe.Authority("CN=Limited") with { PathLength = 0, ExtendedKeyUsage = ["1.3.6.1.5.5.7.3.2"] });
        var upper = limited.Issue(Recipe.Authority("CN=Upper"));
        GivenChain.Failing(Assess([limited], upper.Issue(new()), upper)).ShouldBeEmpty();
    }

    private static Recipe CaRecipe() => Recipe.Authority("CN=CA") with { Key = CaKey };

    private static ChainAssessment Assess(IEnumerable<Forged> roots, params IEnumerable<Forged> sent) =>
        new ChainVerifier(TestPki.StoreOf(roots.Select(root => root.Certificate))).Assess(
            TestPki.Chain(sent.Select(forged => forged.Certificate)),
            TestPki.Now
        );
}
