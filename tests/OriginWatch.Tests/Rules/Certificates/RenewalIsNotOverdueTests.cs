using OriginWatch.Loopback;
using OriginWatch.Rules;
using OriginWatch.Rules.Certificates;
using OriginWatch.Tests.Trust;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Rules.Certificates;

public sealed class RenewalIsNotOverdueTests
{
    private const string LetsEncrypt = "CN=YE1, O=Let's Encrypt, C=US";
    private const string Amazon = "CN=Amazon RSA 2048 M01, O=Amazon, C=US";
    private static readonly RenewalIsNotOverdue Rule = new(new());

    [Theory]
    [InlineData(Amazon, 198, 40.1, false)]
    [InlineData(Amazon, 198, 39.9, true)]
    [InlineData(Amazon, 395, 55.1, false)]
    [InlineData(Amazon, 395, 54.9, true)]
    [InlineData(Amazon, 45, 12.8, false)]
    [InlineData(Amazon, 45, 12.7, true)]
    [InlineData(LetsEncrypt, 90, 25.6, false)]
    [InlineData(LetsEncrypt, 90, 25.4, true)]
    [InlineData(LetsEncrypt, 64, 18.2, false)]
    [InlineData(LetsEncrypt, 64, 18.1, true)]
    [InlineData(LetsEncrypt, 45, 12.8, false)]
    [InlineData(LetsEncrypt, 45, 12.7, true)]
    [InlineData("CN=WR1, O=Google Trust Services, C=US", 90, 25.4, true)]
    [InlineData("CN=ZeroSSL ECC DV SSL CA 2, O=ZeroSSL GmbH, C=AT", 90, 25.4, true)]
    [InlineData("CN=Sectigo Public Server Authentication CA DV E36, O=Sectigo Limited, C=GB", 90, 25.4, true)]
    [InlineData("CN=DigiCert Global G3 TLS ECC SHA384 2020 CA1, O=DigiCert Inc, C=US", 90, 25.4, true)]
    public void Speaks_when_the_issuers_renewal_has_not_come(string issuer, double lifetime, double left, bool overdue) =>
        (Judge(issuer, lifetime, left) is Verdict.Fail).ShouldBe(overdue);

    /// <summary>The whole point: at the moment at which this rule speaks, the rule on expiry still passes.</summary>
    [Theory]
    [InlineData(Amazon, 198)]
    [InlineData(Amazon, 395)]
    [InlineData(Amazon, 45)]
    [InlineData(LetsEncrypt, 90)]
    [InlineData(LetsEncrypt, 64)]
    [InlineData(LetsEncrypt, 45)]
    [InlineData(LetsEncrypt, 160 / 24.0)]
    public void Speaks_before_the_rule_on_expiry(string issuer, double lifetime)
    {
        var chain = Assess(issuer, lifetime, lifetime);
        var overdue = Enumerable
            .Range(0, (int)(lifetime * 24))
            .Select(hours => lifetime - (hours / 24.0))
            .First(left => After(chain, lifetime - left) is Verdict.Fail);
        new CertificateIsNotExpiringSoon(new()).SeverityOf(TimeSpan.FromDays(overdue), TimeSpan.FromDays(lifetime)).ShouldBeNull();
    }

    /// <summary>Whenever the nightly run falls, it meets a six-day certificate that was not renewed at least twice before it ends, and none
    /// that was renewed at two thirds.</summary>
    [Fact]
    public void A_run_each_night_meets_a_six_day_certificate_twice_before_it_ends()
    {
        const double lifetime = 160 / 24.0;
        var expiry = new CertificateIsNotExpiringSoon(new());
        var chain = Assess(LetsEncrypt, lifetime, lifetime);
        for (var firstHour = 0; firstHour < 24; firstHour++)
        {
            var nights = Enumerable.Range(0, 7).Select(night => lifetime - night - (firstHour / 24.0)).Where(left => left > 0).ToList();
            nights
                .Count(left =>
                    After(chain, lifetime - left) is Verdict.Fail
                    || expiry.SeverityOf(TimeSpan.FromDays(left), TimeSpan.FromDays(lifetime)) is not null
                )
                .ShouldBeGreaterThanOrEqualTo(2);
            nights.Where(left => left > lifetime / 3).ShouldAllBe(left => !(After(chain, lifetime - left) is Verdict.Fail));
        }
    }

    [Theory]
    [InlineData("CN=Some CA, O=Nobody Knows, C=US", 90)]
    [InlineData("CN=Let's Encrypt, C=US", 90)]
    [InlineData("CN=DigiCert Global G2 TLS RSA SHA256 2020 CA1, O=DigiCert Inc, C=US", 199)]
    [InlineData(Amazon, 120)]
    public void Leaves_what_nobody_can_know_to_the_rule_on_expiry(string issuer, double lifetime) =>
        Judge(issuer, lifetime, lifetime / 4 + 1)
            .ShouldBeOfType<Verdict.NotApplicable>()
            .Reason.ShouldBe("when its issuer renews is not known");

    [Fact]
    public void Falls_silent_when_the_rule_on_expiry_speaks() =>
        Judge(LetsEncrypt, 90, 20).ShouldBeOfType<Verdict.NotApplicable>().Reason.ShouldBe("it expires soon, which OW303 reports");

    [Fact]
    public void An_issuer_that_only_claims_the_name_is_not_believed() =>
        GivenChain
            .Judge(Rule, Assess(LetsEncrypt, 90, 25, trusted: false))
            .ShouldBeOfType<Verdict.NotApplicable>()
            .Reason.ShouldContain("not trusted");

    [Fact]
    public void Says_when_it_was_due_and_what_to_look_at()
    {
        var acme = Judge(LetsEncrypt, 90, 24).ShouldBeOfType<Verdict.Fail>();
        acme.Detail.ShouldBe(
            "certificate 0 (CN=origin.example.com) was not renewed: Let's Encrypt issued it for 90 days, renewal was due on 2026-11-17, and it expires on 2026-12-17 12:00 UTC (24 days left)"
        );
        acme.Remediation.ShouldNotBeNull().ShouldContain("64-day certificates that Let's Encrypt issues from 2027-02-10");
        Judge(Amazon, 198, 39)
            .ShouldBeOfType<Verdict.Fail>()
            .Remediation.ShouldNotBeNull()
            .ShouldStartWith("Open the certificate in AWS Certificate Manager");
        Judge("CN=WR1, O=Google Trust Services, C=US", 90, 24)
            .ShouldBeOfType<Verdict.Fail>()
            .Remediation.ShouldNotBeNull()
            .ShouldNotContain("Let's Encrypt");
    }

    [Fact]
    public void Is_undetermined_without_a_handshake() =>
        GivenChain
            .Judge(Rule, Given.Observation(null, Given.Seen(GivenChain.Seen("192.0.2.1", null))))
            .ShouldBeOfType<Verdict.NotApplicable>()
            .IsUnreached.ShouldBeTrue();

    /// <summary>Of a certificate that begins now.</summary>
    private static Verdict After(ChainAssessment chain, double days) => GivenChain.Judge(Rule, chain, now: TestPki.Now.AddDays(days));

    private static Verdict Judge(string issuer, double lifetime, double left) => GivenChain.Judge(Rule, Assess(issuer, lifetime, left));

    private static ChainAssessment Assess(string issuer, double lifetime, double left, bool trusted = true)
    {
        using var root = CertificateAuthority.CreateRoot("CN=Root", TestPki.Now);
        using var other = CertificateAuthority.CreateRoot("CN=Other", TestPki.Now);
        using var issuing = root.CreateIntermediate(issuer);
        var until = TestPki.Now.AddDays(left);
        using var leaf = issuing.IssueLeaf(TestPki.Name, new() { NotBefore = until.AddDays(-lifetime), NotAfter = until });
        return new ChainVerifier(TestPki.StoreOf((trusted ? root : other).Certificate)).Assess(
            TestPki.Chain(leaf, issuing.Certificate),
            TestPki.Now
        );
    }
}
