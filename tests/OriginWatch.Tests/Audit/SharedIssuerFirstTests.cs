using OriginWatch.Audit;
using OriginWatch.History;
using OriginWatch.Mail;
using OriginWatch.Reporting.Html;
using OriginWatch.Rules;
using OriginWatch.Tests.History;
using OriginWatch.Tests.Reporting;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Audit;

/// <summary>Two servers send the certificate of the CA that they share first, and their own, expired, after it.</summary>
public class SharedIssuerFirstTests
{
    private static readonly AuditReport Report = Night.Report(Night.First, IssuerFirst("www"), IssuerFirst("api"));

    [Fact]
    public void Are_two_causes_in_the_report() =>
        ReportOutline
            .Of(Report, ReportOptions.Default)[ReportSection.FailsNow]
            .Select(cause => cause.Certificate!.CommonName)
            .ShouldBe(["www.example.com", "api.example.com"], ignoreOrder: true);

    [Fact]
    public void Are_two_groups_in_the_mail()
    {
        var review = RunReview.Of("1", Report, null, SuppressionList.Empty);
        DigestGroup
            .Of(review.Changes.Open, review.Report)
            .Select(group => group.Certificate!.CommonName)
            .ShouldBe(["www.example.com", "api.example.com"], ignoreOrder: true);
        review.Changes.Open.SelectMany(change => change.Record.Certificates).ShouldBeUnique();
    }

    [Fact]
    public void Are_two_lines_of_the_calendar() =>
        ExpiryCalendar.Of(Report).Select(line => line.Leaf.CommonName).ShouldBe(["www.example.com", "api.example.com"], ignoreOrder: true);

    private static SampleOrigin IssuerFirst(string id)
    {
        var own = SampleChains.Leaf(1, $"{id}.example.com", -2) with { CommonName = $"{id}.example.com", Sha256 = SampleChains.Hash(id) };
        var issuer = SampleChains.Leaf(0, "Shared CA", 900) with { Sha256 = SampleChains.Hash("shared") };
        var chain = new ChainAssessment
        {
            Served = new([issuer, own]),
            ServerCertificate = own,
            IsTrusted = false,
            Path = new([own, issuer], SampleChains.Root),
            Faults = [],
            FirstToExpire = own,
        };
        return Night.Fails(id, SampleRules.NotExpired, "expired 2 days ago") with { Chain = chain };
    }
}
