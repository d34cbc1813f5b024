using OriginWatch.Inventory;
using OriginWatch.Rules;
using OriginWatch.Rules.Certificates;

namespace OriginWatch.Tests.Rules.Certificates;

public class ClientCertificateIsNotExpiringTests
{
    private const string Arn = "arn:aws:acm:us-east-1:123456789012:certificate/1";
    private static readonly ClientCertificateIsNotExpiring Rule = new(new());

    private static readonly ClientCertificate Good = new()
    {
        Arn = Arn,
        NotBefore = Given.Now.AddDays(-100),
        NotAfter = Given.Now.AddDays(265),
        Status = "ISSUED",
        Type = "IMPORTED",
        KeyAlgorithm = "EC_prime256v1",
        ExtendedKeyUsages = ["1.3.6.1.5.5.7.3.2"],
    };

    [Fact]
    public void A_good_certificate_passes() => Judge(Good).ShouldBeOfType<Verdict.Pass>();

    [Theory]
    [InlineData(22, null)]
    [InlineData(21, Severity.Medium)]
    [InlineData(7, Severity.High)]
    [InlineData(-0.1, Severity.Critical)]
    public void The_thresholds_are_those_of_the_origins_own_certificate(double left, Severity? expected) =>
        (Judge(Good with { NotAfter = Given.Now.AddDays(left) }) as Verdict.Fail)?.Severity.ShouldBe(expected);

    [Fact]
    public void Says_when_it_ends_and_that_nobody_renews_it()
    {
        var fail = Judge(Good with { NotAfter = Given.Now.AddDays(14) }).ShouldBeOfType<Verdict.Fail>();
        fail.Detail.ShouldBe(
            $"the client certificate {Arn} expires on 2026-12-07 06:00 UTC (14 days left); ACM does not renew it, because it was imported"
        );
        fail.DueAt.ShouldBe(Given.Now.AddDays(14));
    }

    [Fact]
    public void Once_expired_the_origin_rejects_CloudFront()
    {
        var judged = new OriginJudge([Rule]).Judge(Observe(Good with { NotAfter = Given.Now.AddDays(-1), Status = "EXPIRED" }));
        judged.Verdict.ShouldBe(OriginVerdict.Rejects);
    }

    [Theory]
    [InlineData(3, "1.3.6.1.5.5.7.3.2", false)]
    [InlineData(3, "1.3.6.1.5.5.7.3.1", true)]
    [InlineData(100, "1.3.6.1.5.5.7.3.1", true)]
    public void Until_then_the_origin_rejects_nothing_but_for_another_fault(double left, string usage, bool rejects)
    {
        var verdict = Judge(Good with { NotAfter = Given.Now.AddDays(left), ExtendedKeyUsages = [usage] }).ShouldBeOfType<Verdict.Fail>();
        verdict.Severity.ShouldBe(Severity.High);
        OriginJudge.Rejects(new(Rule.Metadata, null, verdict)).ShouldBe(rejects);
    }

    [Theory]
    [InlineData("INACTIVE", Severity.High)]
    [InlineData("REVOKED", Severity.Critical)]
    public void A_status_other_than_issued_fails(string status, Severity severity) =>
        Judge(Good with { Status = status }).ShouldBeOfType<Verdict.Fail>().Severity.ShouldBe(severity);

    [Fact]
    public void A_certificate_for_servers_alone_is_rejected_by_origins() =>
        Judge(Good with { ExtendedKeyUsages = ["1.3.6.1.5.5.7.3.1"] }).ShouldBeOfType<Verdict.Fail>().Severity.ShouldBe(Severity.High);

    [Fact]
    public void Without_the_extension_every_usage_is_allowed() =>
        Judge(Good with { ExtendedKeyUsages = [] }).ShouldBeOfType<Verdict.Pass>();

    [Theory]
    [InlineData("RSA_2048", true)]
    [InlineData("RSA_4096", false)]
    [InlineData("EC_secp384r1", false)]
    public void Keys_are_of_the_documented_kinds(string algorithm, bool passes) =>
        (Judge(Good with { KeyAlgorithm = algorithm }) is Verdict.Pass).ShouldBe(passes);

    [Fact]
    public void All_faults_are_named_and_the_worst_counts()
    {
        var fail = Judge(
                Good with
                {
                    NotAfter = Given.Now.AddDays(10),
                    KeyAlgorithm = "RSA_4096",
                    ExtendedKeyUsages = ["1.3.6.1.5.5.7.3.1"],
                }
            )
            .ShouldBeOfType<Verdict.Fail>();
        fail.Severity.ShouldBe(Severity.High);
        fail.Detail.ShouldContain("is not for client authentication");
        fail.Detail.ShouldContain("it expires on");
        fail.Detail.ShouldContain("it has a key of the kind RSA_4096");
    }

    [Fact]
    public void What_could_not_be_read_is_undetermined_and_named() =>
        Judge(new() { Arn = Arn, Problem = "AWS denied acm:DescribeCertificate" })
            .ShouldBeOfType<Verdict.Undetermined>()
            .Reason.ShouldBe($"the client certificate {Arn} could not be read: AWS denied acm:DescribeCertificate");

    [Fact]
    public void Not_applicable_without_a_reading_without_mutual_TLS_and_over_HTTP()
    {
        Judge(null).ShouldBeOfType<Verdict.NotApplicable>().Reason.ShouldContain("was not read from ACM");
        GivenChain.Judge(Rule, Given.Observation()).ShouldBeOfType<Verdict.NotApplicable>();
        Judge(Good, "http-only").ShouldBeOfType<Verdict.NotApplicable>();
    }

    private static Verdict Judge(ClientCertificate? certificate, string policy = "https-only") =>
        GivenChain.Judge(Rule, Observe(certificate, policy));

    private static Observation Observe(ClientCertificate? certificate, string policy = "https-only")
    {
        var origin = Given.Origin(policy: policy);
        origin = origin with
        {
            CustomOriginConfig = origin.CustomOriginConfig! with
            {
                HasOriginMtls = true,
                ClientCertificateArn = Arn,
                ClientCertificate = certificate,
            },
        };
        return Given.Observation(Given.Use(Given.Distribution(origin)));
    }
}
