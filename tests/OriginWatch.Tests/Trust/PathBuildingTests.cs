using System.Security.Cryptography;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Trust;

/// <summary>A good path wins over a bad one, wherever it lies in the list.</summary>
public class PathBuildingTests
{
    /// <summary>Of work for a hostile list: every step and every signature allocates, and bytes do not depend on what else the machine
    /// does.</summary>
    private const long MostBytes = 64 * 1024 * 1024;

    private static readonly ECDsa CaKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private static readonly Forged Root = Forged.Root(Recipe.Authority("CN=Root"));
    private static readonly Forged OtherRoot = Forged.Root(Recipe.Authority("CN=Other Root"));
    private static readonly TrustStore Store = TestPki.StoreOf(Root.Certificate);

    [Fact]
    public void A_cross_sign_by_an_unknown_root_does_not_hide_the_known_one()
    {
        var known = Root.Issue(Ca());
        var cross = OtherRoot.Issue(Ca());
        var leaf = known.Issue(new());

        Assess(leaf, cross, known).IsTrusted.ShouldBeTrue();
        Assess(leaf, cross, OtherRoot, known).IsTrusted.ShouldBeTrue();
        Assess(leaf, cross).IsTrusted.ShouldBeFalse();
    }

    [Fact]
    public void An_expired_twin_does_not_hide_the_valid_one()
    {
        var expired = Root.Issue(Ca() with { NotAfter = TestPki.Now.AddDays(-1) });
        var valid = Root.Issue(Ca());
        var leaf = valid.Issue(new());

        Assess(leaf, expired, valid).IsTrusted.ShouldBeTrue();
        Assess(leaf, expired).Diagnosis.ShouldBe(ChainFaultKind.Expired);
    }

    [Fact]
    public void A_twin_with_a_weak_signature_does_not_hide_the_strong_one()
    {
        var weak = Root.Issue(Ca() with { Hash = HashAlgorithmName.SHA1 });
        var strong = Root.Issue(Ca());
        var leaf = strong.Issue(new());

        Assess(leaf, weak, strong).Faults.ShouldNotContain(fault => fault.Kind == ChainFaultKind.WeakSignature);
        Assess(leaf, weak).Faults.ShouldContain(fault => fault.Kind == ChainFaultKind.WeakSignature);
    }

    [Fact]
    public void An_expired_root_of_the_store_does_not_hide_its_successor()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var old = Forged.Root(Recipe.Authority("CN=Rolling Root") with { Key = key, NotAfter = TestPki.Now.AddDays(-1) });
        var current = Forged.Root(Recipe.Authority("CN=Rolling Root") with { Key = key });
        var leaf = current.Issue(new());

        new ChainVerifier(TestPki.StoreOf(old.Certificate, current.Certificate))
            .Assess(TestPki.Chain(leaf.Certificate), TestPki.Now)
            .IsTrusted.ShouldBeTrue();
        new ChainVerifier(TestPki.StoreOf(old.Certificate))
            .Assess(TestPki.Chain(leaf.Certificate), TestPki.Now)
            .Diagnosis.ShouldBe(ChainFaultKind.Expired);
    }

    [Fact]
    public void What_stands_above_the_root_is_harmless_and_what_stands_beside_the_path_is_not_needed()
    {
        var cross = OtherRoot.Issue(Recipe.Authority("CN=Root") with { Key = Root.Key });
        var ca = Root.Issue(Ca());
        var stranger = OtherRoot.Issue(Recipe.Authority("CN=Stranger"));
        var leaf = ca.Issue(new());

        Assess(leaf, ca, cross, OtherRoot)
            .Faults.Select(fault => (fault.Kind, fault.Position))
            .ShouldBe([(ChainFaultKind.RootSent, 2), (ChainFaultKind.RootSent, 3)]);
        Assess(leaf, ca, Root).Faults.Select(fault => (fault.Kind, fault.Position)).ShouldBe([(ChainFaultKind.RootSent, 2)]);
        Assess(leaf, ca, stranger).Faults.Select(fault => (fault.Kind, fault.Position)).ShouldBe([(ChainFaultKind.OffPath, 2)]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_hundred_CAs_of_one_name_cost_little(bool oneKey)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var chain = new List<Forged> { Forged.Root(Recipe.Authority("CN=Same") with { Key = oneKey ? key : null, HasKeyIds = false }) };
        for (var number = 1; number < 100; number++)
        {
            chain.Add(
                chain[^1]
                    .Issue(Recipe.Authority("CN=Same") with { Key = oneKey ? key : null, HasKeyIds = false, Serial = [0x40, (byte)number] })
            );
        }

        var leaf = chain[^1].Issue(new() { HasKeyIds = false });
        var sent = TestPki.Chain(chain.Select(forged => forged.Certificate).Prepend(leaf.Certificate));
        var verifier = new ChainVerifier(Store);
        var before = GC.GetAllocatedBytesForCurrentThread();

        verifier.Assess(sent, TestPki.Now).IsTrusted.ShouldBeFalse();

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(MostBytes);
    }

    /// <summary>Certificates of a path without its root: a longer one is not looked for.</summary>
    [Theory]
    [InlineData(32, true)]
    [InlineData(33, false)]
    public void A_path_of_32_certificates_is_found_and_no_longer_one(int length, bool isFound)
    {
        var path = new List<Forged>();
        for (var number = 1; number < length; number++)
        {
            path.Add((path is [.., var last] ? last : Root).Issue(Recipe.Authority($"CN=CA {number}") with { Key = CaKey }));
        }

        var found = Assess([path[^1].Issue(new()), .. Enumerable.Reverse(path)]).Path;

        (found is not null).ShouldBe(isFound);
    }

    private static Recipe Ca() => Recipe.Authority("CN=CA") with { Key = CaKey };

    private static ChainAssessment Assess(params IEnumerable<Forged> sent) =>
        new ChainVerifier(Store).Assess(TestPki.Chain(sent.Select(forged => forged.Certificate)), TestPki.Now);
}
