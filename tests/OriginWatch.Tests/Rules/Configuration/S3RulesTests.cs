using OriginWatch.Inventory;
using OriginWatch.Rules;
using OriginWatch.Rules.Configuration;
using OriginWatch.Tests.Targets;
using static OriginWatch.Tests.Rules.Configuration.ConfigurationRules;

namespace OriginWatch.Tests.Rules.Configuration;

public class OriginIsNotAnS3WebsiteTests
{
    [Theory]
    [InlineData("origin.example.com")]
    [InlineData("s3-website.example.com")]
    [InlineData("b.s3.eu-west-1.amazonaws.com")]
    public void Passes_for_another_origin(string domainName) =>
        Judge<OriginIsNotAnS3Website>(Sample.Origin(domainName: domainName)).Passes();

    [Theory]
    [InlineData("b.s3-website-us-east-1.amazonaws.com")]
    [InlineData("b.s3-website.eu-central-1.amazonaws.com")]
    [InlineData("my.bucket.S3-Website.cn-north-1.amazonaws.com.cn.")]
    public void Fails_at_High_for_a_website_endpoint(string domainName)
    {
        var fail = Judge<OriginIsNotAnS3Website>(Sample.Origin(domainName: domainName, policy: OriginProtocolPolicy.HttpOnly)).Fails();
        fail.Severity.ShouldBeNull();
        new OriginIsNotAnS3Website().Metadata.Severity.ShouldBe(Severity.High);
    }

    [Theory]
    [InlineData("https-only")]
    [InlineData("match-viewer")]
    public void Is_Critical_where_CloudFront_tries_https_with_it(string policy) =>
        Judge<OriginIsNotAnS3Website>(Sample.Origin(domainName: "b.s3-website-us-east-1.amazonaws.com", policy: new(policy)))
            .Fails()
            .Severity.ShouldBe(Severity.Critical);
}

public class S3BucketIsReachedOverHttpsOnlyTests
{
    [Fact]
    public void Passes_when_viewers_are_sent_to_https() => Judge<S3BucketIsReachedOverHttpsOnly>(Sample.S3()).Passes();

    [Fact]
    public void Fails_when_a_behavior_allows_http()
    {
        var fail = Judge<S3BucketIsReachedOverHttpsOnly>(Open(Sample.S3()), "bucket").Fails();
        fail.Detail.ShouldBe("the default behavior allows HTTP (allow-all)");
        fail.Severity.ShouldBeNull();
    }

    [Fact]
    public void Is_Low_where_an_access_control_may_sign_every_request() =>
        Judge<S3BucketIsReachedOverHttpsOnly>(Open(Sample.S3() with { OriginAccessControlId = "E2OAC" }), "bucket")
            .Fails()
            .Severity.ShouldBe(Severity.Low);

    [Fact]
    public void Does_not_apply_to_another_origin() => Judge<S3BucketIsReachedOverHttpsOnly>(Sample.Origin()).IsNotApplicable();

    private static Distribution Open(Origin origin) =>
        Sample.Distribution(origin) with
        {
            DefaultCacheBehavior = Sample.Behavior(origin.Id, viewer: ViewerProtocolPolicy.AllowAll),
        };
}
