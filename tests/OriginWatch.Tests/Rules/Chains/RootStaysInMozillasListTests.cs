using OriginWatch.Rules;
using OriginWatch.Rules.Chains;
using OriginWatch.Tests.Trust;
using OriginWatch.Trust;
using OriginWatch.Trust.Lifecycles;

namespace OriginWatch.Tests.Rules.Chains;

public sealed class RootStaysInMozillasListTests
{
    private static readonly RootStaysInMozillasList Rule = new();
    private static readonly TrustStore Mozilla = TrustStore.LoadMozilla();

    public static TheoryData<string, DateOnly> LeavingRoots =>
        [
            .. Mozilla
                .Anchors.Where(anchor => anchor.Removal <= new DateOnly(2029, 4, 15))
                .Select(anchor => (anchor.Label, anchor.Removal!.Value)),
        ];

    /// <summary>The real root is what the server sends, which is the shortest chain that ends in it.</summary>
    [Theory]
    [MemberData(nameof(LeavingRoots))]
    public void Each_change_shows_on_its_day(string label, DateOnly day)
    {
        var months = day.AddMonths(-18);
        Judge(label, At(months.AddDays(-1))).ShouldBeOfType<Verdict.Pass>();
        SeverityOf(label, At(months)).ShouldBe(Severity.Informational);
        SeverityOf(label, At(day.AddDays(-181))).ShouldBe(Severity.Informational);
        SeverityOf(label, At(day.AddDays(-180))).ShouldBe(Severity.Medium);
        SeverityOf(label, At(day.AddDays(-31))).ShouldBe(Severity.Medium);
        SeverityOf(label, At(day.AddDays(-30))).ShouldBe(Severity.High);
        SeverityOf(label, At(day)).ShouldBe(Severity.High);
    }

    [Fact]
    public void Fifteen_roots_are_High_in_May_2027_and_eight_more_a_year_later()
    {
        var leaving = Mozilla.Anchors.Where(anchor => anchor.NotAfter > At(new(2028, 5, 1))).Select(anchor => anchor.Label).ToList();
        leaving.Count(label => (Judge(label, At(new(2027, 5, 1))) as Verdict.Fail)?.Severity == Severity.High).ShouldBe(15);
        leaving.Count(label => (Judge(label, At(new(2028, 5, 1))) as Verdict.Fail)?.Severity == Severity.High).ShouldBe(23);
    }

    [Fact]
    public void Says_the_day_what_is_left_and_what_to_do() =>
        Judge("GlobalSign Root CA - R3", At(new(2026, 11, 26)))
            .ShouldBe(
                new Verdict.Fail(
                    "the root GlobalSign Root CA - R3 leaves Mozilla's list on 2027-04-15 (140 days left), and the chain leads to no other root; CloudFront returns HTTP 502 from about that day on",
                    Severity.Medium,
                    "Have the next certificate issued under a newer root of the CA, or by another CA, and install it with the chain that comes with it."
                )
                {
                    DueAt = At(new(2027, 4, 15)),
                    Cause = "cbb522d7b7f127ad6a0113865bdf1cd4102e7d0759af635a7cf4720dc963c53b",
                }
            );

    [Fact]
    public void After_the_day_it_says_since_when() =>
        Judge("GlobalSign Root CA - R3", At(new(2027, 5, 1)))
            .ShouldBeOfType<Verdict.Fail>()
            .Detail.ShouldStartWith("the root GlobalSign Root CA - R3 was due to leave Mozilla's list on 2027-04-15 (16 days ago)");

    [Fact]
    public void A_sent_path_to_a_root_that_stays_clears_it()
    {
        var (old, young) = (Forged.Root(Recipe.Authority("CN=Old Root")), Forged.Root(Recipe.Authority("CN=Young Root")));
        var issuing = old.Issue(Recipe.Authority("CN=Issuing"));
        var cross = young.Issue(Recipe.Authority("CN=Old Root") with { Key = old.Key, Serial = [0x47] });
        var leaf = issuing.Issue(new());
        var store = Store((old, new(2027, 4, 15)), (young, new(2038, 1, 1)));

        Judge(Assess(store, leaf, issuing)).ShouldBeOfType<Verdict.Fail>().Severity.ShouldBe(Severity.Medium);
        Judge(Assess(store, leaf, issuing, cross)).ShouldBeOfType<Verdict.Pass>();
    }

    [Fact]
    public void A_path_to_a_root_that_leaves_later_counts_until_that_one_leaves_too()
    {
        var (old, middle) = (Forged.Root(Recipe.Authority("CN=Old Root")), Forged.Root(Recipe.Authority("CN=Middle Root")));
        var issuing = old.Issue(Recipe.Authority("CN=Issuing"));
        var cross = middle.Issue(Recipe.Authority("CN=Old Root") with { Key = old.Key, Serial = [0x47] });
        var store = Store((old, new(2026, 12, 1)), (middle, new(2028, 4, 15)));

        Judge(Assess(store, issuing.Issue(new()), issuing, cross))
            .ShouldBeOfType<Verdict.Fail>()
            .ShouldSatisfyAllConditions(
                fail => fail.Severity.ShouldBe(Severity.Informational),
                fail => fail.Detail.ShouldStartWith("the root CN=Middle Root leaves Mozilla's list on 2028-04-15")
            );
    }

    [Fact]
    public void A_path_that_s2n_would_not_take_is_none()
    {
        var (old, young) = (Forged.Root(Recipe.Authority("CN=Old Root")), Forged.Root(Recipe.Authority("CN=Young Root")));
        var issuing = old.Issue(Recipe.Authority("CN=Issuing"));
        var unknown = Forged
            .Root(Recipe.Authority("CN=Unknown Root"))
            .Issue(Recipe.Authority("CN=Old Root") with { Key = old.Key, Serial = [0x46] });
        var cross = young.Issue(Recipe.Authority("CN=Old Root") with { Key = old.Key, Serial = [0x47] });
        var leaf = issuing.Issue(new());
        var store = Store((old, new(2027, 4, 15)), (young, new(2038, 1, 1)));

        Judge(Assess(store, leaf, issuing, unknown, cross)).ShouldBeOfType<Verdict.Fail>().Severity.ShouldBe(Severity.Medium);
        Judge(Assess(store, leaf, issuing, cross, unknown)).ShouldBeOfType<Verdict.Pass>();
    }

    [Fact]
    public void A_known_cross_sign_is_named()
    {
        var (old, young) = (Forged.Root(Recipe.Authority("CN=Old Root")), Forged.Root(Recipe.Authority("CN=Young Root")));
        var store = Store((old, new(2027, 4, 15)), (young, new(2038, 1, 1)));
        var anchor = store.Anchors[0];
        var entry = new CrossSign(
            "CN=Old Root",
            Convert.ToHexStringLower(anchor.Certificate.Extensions.SubjectKeyId!.Value.Span),
            "Young Root",
            store.Anchors[1].Sha256,
            new('a', 64),
            new(2030, 1, 1),
            "https://ca.example/cross.der",
            null,
            "https://ca.example/"
        );
        var chain = new ChainVerifier(store) { CrossSigns = new([entry]) }.Assess(TestPki.Chain(old.Issue(new()).Certificate), TestPki.Now);

        Judge(chain)
            .ShouldBeOfType<Verdict.Fail>()
            .Remediation.ShouldBe(
                "Append Old Root as signed by Young Root (SHA-256 aaaaaaaaaaaaaaaa…, https://ca.example/cross.der) to the chain and reload the server; that root stays."
            );
    }

    [Fact]
    public void A_root_of_ones_own_has_no_day()
    {
        var own = Forged.Root(Recipe.Authority("CN=Own Root"));
        Judge(Assess(TestPki.StoreOf(own.Certificate), own.Issue(new()))).ShouldBeOfType<Verdict.Pass>();
    }

    [Fact]
    public void A_chain_that_is_not_trusted_is_left_to_the_rules_about_that() =>
        Judge(Assess(Mozilla, Forged.Root(new()))).ShouldBeOfType<Verdict.NotApplicable>();

    private static DateTimeOffset At(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private static TrustStore Store(params (Forged Root, DateOnly Removal)[] roots)
    {
        var removals = roots.ToDictionary(
            root => root.Root.Certificate.GetCertHashString(System.Security.Cryptography.HashAlgorithmName.SHA256).ToLowerInvariant(),
            root => root.Removal,
            StringComparer.Ordinal
        );
        return new(
            [
                .. TestPki
                    .StoreOf(roots.Select(root => root.Root.Certificate))
                    .Anchors.Select(anchor => anchor with { Removal = removals[anchor.Sha256] }),
            ],
            "the test",
            null
        );
    }

    private static ChainAssessment Assess(TrustStore store, params IEnumerable<Forged> sent) =>
        new ChainVerifier(store).Assess(TestPki.Chain(sent.Select(forged => forged.Certificate)), TestPki.Now);

    private static Verdict Judge(ChainAssessment chain) => GivenChain.Judge(Rule, chain);

    private static Severity? SeverityOf(string label, DateTimeOffset at) => Judge(label, at).ShouldBeOfType<Verdict.Fail>().Severity;

    private static Verdict Judge(string label, DateTimeOffset at)
    {
        var root = Mozilla.Anchors.Single(anchor => anchor.Label == label);
        return GivenChain.Judge(Rule, new ChainVerifier(Mozilla).Assess(ServedChain.Parse([root.Certificate.Raw]), at), now: at);
    }
}
