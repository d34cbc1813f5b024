using OriginWatch.Rules;
using OriginWatch.Rules.Certificates;
using OriginWatch.Tests.Trust;

namespace OriginWatch.Tests.Rules.Certificates;

public sealed class CertificateIsNotExpiringSoonTests : IDisposable
{
    private readonly TestPki _pki = new();

    [Theory]
    [InlineData(90, 22, null)]
    [InlineData(90, 21, Severity.Medium)]
    [InlineData(90, 8, Severity.Medium)]
    [InlineData(90, 7, Severity.High)]
    [InlineData(398, 30, null)]
    [InlineData(398, 21, Severity.Medium)]
    [InlineData(45, 12, null)]
    [InlineData(45, 11, Severity.Medium)]
    [InlineData(45, 4, Severity.High)]
    [InlineData(6, 1.4, Severity.Medium)]
    [InlineData(6, 1, Severity.High)]
    [InlineData(6, 2, null)]
    public void Warns_by_the_share_of_the_lifetime_that_is_left(double lifetime, double left, Severity? expected) =>
        SeverityOf(new(new()), lifetime, left).ShouldBe(expected);

    [Theory]
    [InlineData(60, 61, null)]
    [InlineData(60, 60, Severity.Medium)]
    [InlineData(60, 30, Severity.High)]
    public void Both_thresholds_may_be_set_in_days(int warning, double left, Severity? expected) =>
        SeverityOf(new(new() { ExpiryWarningDays = warning, ExpiryUrgentDays = 30 }), 398, left).ShouldBe(expected);

    [Fact]
    public void The_intermediate_that_expires_first_counts()
    {
        using var issuing = _pki.Upper.CreateIntermediate("CN=Old CA", TestPki.Now.AddDays(10));
        using var leaf = issuing.IssueLeaf(TestPki.Name);

        var verdict = GivenChain.Judge(
            new CertificateIsNotExpiringSoon(new()),
            _pki.Assess(leaf, issuing.Certificate, _pki.Upper.Certificate)
        );

        verdict.ShouldBeOfType<Verdict.Fail>().Detail.ShouldStartWith("certificate 1 (CN=Old CA) expires on 2026-12-03");
    }

    [Fact]
    public void Leaves_what_has_expired_to_the_rule_about_that()
    {
        var chain = GivenChain.Chain(_pki, _pki.Leaf, TestPki.Now.AddDays(61));

        GivenChain
            .Judge(new CertificateIsNotExpiringSoon(new()), chain, now: TestPki.Now.AddDays(61))
            .ShouldBeOfType<Verdict.NotApplicable>()
            .Reason.ShouldContain("-1 days");
        GivenChain.Judge(new CertificateIsNotExpired(), chain).ShouldBeOfType<Verdict.Fail>();
    }

    [Fact]
    public void Is_undetermined_without_a_handshake() =>
        GivenChain
            .Judge(new CertificateIsNotExpiringSoon(new()), Given.Observation(null, Given.Seen(GivenChain.Seen("192.0.2.1", null))))
            .ShouldBeOfType<Verdict.NotApplicable>()
            .IsUnreached.ShouldBeTrue();

    public void Dispose() => _pki.Dispose();

    private Severity? SeverityOf(CertificateIsNotExpiringSoon rule, double lifetime, double left)
    {
        var notAfter = TestPki.Now.AddDays(left);
        using var leaf = _pki.Issuing.IssueLeaf(TestPki.Name, new() { NotBefore = notAfter.AddDays(-lifetime), NotAfter = notAfter });
        return (GivenChain.Judge(rule, GivenChain.Chain(_pki, leaf)) as Verdict.Fail)?.Severity;
    }
}
