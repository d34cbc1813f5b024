using System.Security.Cryptography;
using OriginWatch.Rules;
using OriginWatch.Rules.Certificates;
using OriginWatch.Tests.Trust;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Rules.Certificates;

/// <summary>The rules that repeat what the trust room found: each fails for its own fault and for no other.</summary>
public class CertificateFaultRulesTests
{
    private static readonly Forged Root = Forged.Root(Recipe.Authority("CN=Root"));
    private static readonly TrustStore Store = TestPki.StoreOf(Root.Certificate);

    public static TheoryData<string> Ids => ["OW301", "OW302", "OW306", "OW307", "OW308", "OW309", "OW310", "OW311"];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Fails_for_its_own_fault_alone(string id)
    {
        foreach (var (faulty, leaf) in Faulty())
        {
            GivenChain
                .Failing(Assess(leaf))
                .Select(answer => answer.Id)
                .Contains(id)
                .ShouldBe(id == faulty, $"{id} for the fault of {faulty}");
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Is_undetermined_without_a_readable_certificate(string id)
    {
        var rule = new RuleCatalog(new()).Rules.Single(rule => rule.Metadata.Id == id);
        var unreadable = new ChainVerifier(Store).Assess(ServedChain.Parse([new byte[] { 0x30, 0x80 }]), TestPki.Now);
        GivenChain.Judge(rule, unreadable).ShouldBeOfType<Verdict.NotApplicable>().IsUnreached.ShouldBeTrue();
        GivenChain
            .Judge(rule, Given.Observation(null, Given.Seen(GivenChain.Seen("192.0.2.1", null))))
            .ShouldBeOfType<Verdict.NotApplicable>()
            .IsUnreached.ShouldBeTrue();
    }

    [Theory]
    [InlineData("2026-03-14", 398, true)]
    [InlineData("2026-03-15", 200, true)]
    [InlineData("2026-03-15", 201, false)]
    [InlineData("2027-03-15", 101, false)]
    [InlineData("2029-03-15", 47, true)]
    [InlineData("2017-01-01", 1_000, true)]
    public void The_limit_of_the_lifetime_follows_the_day_of_issue(string issued, int days, bool expected)
    {
        var notBefore = DateTimeOffset.Parse(issued + "T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
        var leaf = new Recipe { NotBefore = notBefore, NotAfter = notBefore.AddDays(days).AddSeconds(-1) };
        (GivenChain.Judge(new CertificateLifetimeIsWithinLimit(), Assess(leaf)) is Verdict.Pass).ShouldBe(expected);
    }

    [Fact]
    public void A_name_in_the_common_name_alone_is_a_finding_of_its_own()
    {
        GivenChain.Judge(new NamesAreInSubjectAltName(), Assess(new() { DnsNames = [] })).ShouldBeOfType<Verdict.Fail>();
        GivenChain.Judge(new CertificateCoversServerName(), Assess(new() { DnsNames = [] })).ShouldBeOfType<Verdict.Pass>();
        GivenChain.Judge(new NamesAreInSubjectAltName(), Assess(new())).ShouldBeOfType<Verdict.Pass>();
    }

    private static IEnumerable<(string? Id, Recipe Leaf)> Faulty()
    {
        var now = TestPki.Now;
        yield return (null, new());
        yield return ("OW301", new() { NotAfter = now.AddSeconds(-1) });
        yield return ("OW302", new() { NotBefore = now.AddSeconds(1) });
        yield return ("OW306", new() { Curve = ECCurve.NamedCurves.nistP521 });
        yield return ("OW307", new() { RsaBits = 1024 });
        yield return ("OW308", new() { Hash = HashAlgorithmName.SHA1 });
        yield return ("OW309", new() { ExtendedKeyUsage = ["1.3.6.1.5.5.7.3.2"] });
        yield return ("OW310", new() { NotAfter = now.AddDays(300) });
        yield return ("OW311", new() { HasKeyIds = false });
    }

    private static ChainAssessment Assess(Recipe leaf) =>
        new ChainVerifier(Store).Assess(TestPki.Chain(Root.Issue(leaf).Certificate), TestPki.Now);
}
