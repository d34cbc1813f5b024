using OriginWatch.Inventory;
using OriginWatch.Rules;
using OriginWatch.Rules.Configuration;
using OriginWatch.Tests.Targets;
using static OriginWatch.Tests.Rules.Configuration.ConfigurationRules;

namespace OriginWatch.Tests.Rules.Configuration;

public class OriginGroupMembersAgreeOnProtocolTests
{
    [Theory]
    [InlineData("https-only", "https-only", true)]
    [InlineData("https-only", "http-only", true)]
    [InlineData("match-viewer", "https-only", false)]
    [InlineData("http-only", "match-viewer", false)]
    public void The_weaker_member_fails(string own, string other, bool passes) =>
        Judge<OriginGroupMembersAgreeOnProtocol>(Pair(Sample.Origin(policy: new(own)), Sample.Origin("peer", policy: new(other))))
            .ShouldBeOfType(passes ? typeof(Verdict.Pass) : typeof(Verdict.Fail));

    [Fact]
    public void Names_the_better_member() =>
        Judge<OriginGroupMembersAgreeOnProtocol>(Pair(Sample.Origin("peer"), Sample.Origin(policy: OriginProtocolPolicy.HttpOnly)))
            .Fails()
            .Detail.ShouldBe("http-only here, but https-only for \"peer\" in the same group \"pair\"");

    [Fact]
    public void A_bucket_follows_the_viewer() =>
        Judge<OriginGroupMembersAgreeOnProtocol>(Pair(Sample.Origin("peer"), Sample.S3("app")))
            .Fails()
            .Detail.ShouldStartWith("the viewer's scheme (S3) here");

    [Fact]
    public void Is_undetermined_for_a_vpc_origin_that_could_not_be_read() =>
        Judge<OriginGroupMembersAgreeOnProtocol>(Pair(Sample.Vpc("app"), Sample.Origin("peer"))).IsUndetermined();

    [Fact]
    public void Does_not_apply_outside_of_groups() => Judge<OriginGroupMembersAgreeOnProtocol>(Sample.Origin()).IsNotApplicable();

    [Fact]
    public void Does_not_apply_to_a_group_that_is_not_reached() =>
        Judge<OriginGroupMembersAgreeOnProtocol>(
                Pair(Sample.Origin(policy: OriginProtocolPolicy.HttpOnly), Sample.Origin("peer")) with
                {
                    DefaultCacheBehavior = Sample.Behavior("peer"),
                }
            )
            .IsNotApplicable();

    private static Distribution Pair(Origin primary, Origin secondary) =>
        Sample.Distribution(primary, secondary) with
        {
            OriginGroups = [new("pair", [primary.Id, secondary.Id], [502])],
            DefaultCacheBehavior = Sample.Behavior("pair"),
        };
}

public class HttpsPortIsUsableTests
{
    [Theory]
    [InlineData(443)]
    [InlineData(1024)]
    [InlineData(8443)]
    [InlineData(65535)]
    public void Passes_on_a_port_that_CloudFront_takes(int port) => OnPort(port).Passes();

    [Theory]
    [InlineData(80, Severity.Low)]
    [InlineData(8080, Severity.Low)]
    [InlineData(0, null)]
    [InlineData(22, null)]
    [InlineData(1023, null)]
    [InlineData(65536, null)]
    public void Fails_on_another(int port, Severity? severity) =>
        OnPort(port, httpPort: port == 8080 ? 8080 : 80).Fails().Severity.ShouldBe(severity);

    [Fact]
    public void Does_not_apply_to_http_only() =>
        Judge<HttpsPortIsUsable>(Sample.Origin(policy: OriginProtocolPolicy.HttpOnly).With(config => config with { HttpsPort = 22 }))
            .IsNotApplicable();

    [Fact]
    public void Is_undetermined_for_a_vpc_origin_that_could_not_be_read() => Judge<HttpsPortIsUsable>(VpcUse(null)).IsUndetermined();

    private static Verdict OnPort(int port, int httpPort = 80) =>
        Judge<HttpsPortIsUsable>(Sample.Origin().With(config => config with { HttpsPort = port, HttpPort = httpPort }));
}

public class MutualTlsIsAlwaysInForceTests
{
    [Theory]
    [InlineData("https-only", "allow-all", true)]
    [InlineData("match-viewer", "redirect-to-https", true)]
    [InlineData("match-viewer", "allow-all", false)]
    [InlineData("http-only", "redirect-to-https", false)]
    public void Fails_when_requests_may_go_without_tls(string policy, string viewer, bool passes) =>
        Judge<MutualTlsIsAlwaysInForce>(
                Sample.Distribution(Sample.Origin(policy: new(policy)).With(config => config with { HasOriginMtls = true })) with
                {
                    DefaultCacheBehavior = Sample.Behavior(viewer: new(viewer)),
                }
            )
            .ShouldBeOfType(passes ? typeof(Verdict.Pass) : typeof(Verdict.Fail));

    [Fact]
    public void Does_not_apply_without_it() => Judge<MutualTlsIsAlwaysInForce>(Sample.Origin()).IsNotApplicable();
}

public class HostForwardingIsKnownTests
{
    [Fact]
    public void Passes_with_managed_policies() => Judge<HostForwardingIsKnown>(Sample.Origin()).Passes();

    [Fact]
    public void Fails_when_a_policy_could_not_be_read_and_names_it() =>
        Judge<HostForwardingIsKnown>(
                Sample.Distribution(Sample.Origin()) with
                {
                    DefaultCacheBehavior = Sample.Behavior() with { OriginRequestPolicyId = "custom" },
                }
            )
            .Fails()
            .Detail.ShouldBe("Host forwarding unknown: path pattern \"*\": origin request policy \"custom\" could not be read");

    [Fact]
    public void Does_not_apply_to_what_is_not_probed() =>
        Judge<HostForwardingIsKnown>(
                Sample.Distribution(Sample.S3()) with
                {
                    DefaultCacheBehavior = Sample.Behavior("bucket") with { CachePolicyId = "custom" },
                },
                "bucket"
            )
            .IsNotApplicable();
}

public class OriginCanAnswerToTheNameAskedForTests
{
    private const string LoadBalancer = "app-1234567890.eu-west-1.elb.amazonaws.com";
    private const string FunctionUrl = "abcdefghij.lambda-url.eu-west-1.on.aws";
    private const string Api = "abc123.execute-api.eu-west-1.amazonaws.com";
    private const string Media = "abc.egress.mediapackage.eu-west-1.amazonaws.com";

    [Theory]
    [InlineData(LoadBalancer, Sample.AllViewer)]
    [InlineData(FunctionUrl, Sample.AllViewerExceptHostHeader)]
    [InlineData(Api, Sample.AllViewerExceptHostHeader)]
    [InlineData(Media, null)]
    public void Passes_when_the_endpoint_can_answer(string domainName, string? policyId) => Judge(domainName, policyId).Passes();

    [Theory]
    [InlineData(LoadBalancer, null, null, "no public certificate covers")]
    [InlineData("net-0a.elb.eu-west-1.amazonaws.com", Sample.AllViewerExceptHostHeader, null, "no public certificate covers")]
    [InlineData(FunctionUrl, Sample.AllViewer, null, "returns HTTP 403 for any Host but its own")]
    [InlineData(Api, Sample.AllViewer, null, "returns HTTP 403 for any Host but its own")]
    [InlineData("abc123.execute-api.cn-north-1.amazonaws.com.cn", Sample.AllViewer, null, "returns HTTP 403")]
    [InlineData(
        "d-abc123.execute-api.eu-west-1.amazonaws.com",
        Sample.AllViewerExceptHostHeader,
        Severity.Medium,
        "the endpoint of an API's custom domain name"
    )]
    [InlineData("abc.us-east-1.awsapprunner.com", Sample.AllViewer, null, "returns HTTP 404")]
    [InlineData("d222.cloudfront.net", Sample.AllViewer, null, "comes back to this distribution")]
    [InlineData("media.s3.us-east-2.amazonaws.com", Sample.AllViewer, null, "S3 reads the bucket name from it, but the bucket is media")]
    [InlineData("media.s3-website-us-east-1.amazonaws.com", Sample.AllViewer, null, "requests for www.example.com get HTTP 404")]
    [InlineData(Media, Sample.AllViewer, Severity.Medium, "refuses a Host")]
    public void Fails_when_it_cannot(string domainName, string? policyId, Severity? severity, string detail)
    {
        var fail = Judge(domainName, policyId).Fails();
        fail.Detail.ShouldContain(detail);
        fail.Severity.ShouldBe(severity);
    }

    [Theory]
    [InlineData("www.example.com.s3-website-us-east-1.amazonaws.com")]
    [InlineData("www.example.com.s3.eu-west-1.amazonaws.com")]
    [InlineData("d-abc123.execute-api.eu-west-1.amazonaws.com")]
    public void Passes_where_the_endpoint_goes_by_the_viewers_name(string domainName) => Judge(domainName, Sample.AllViewer).Passes();

    [Theory]
    [InlineData(true, "SignatureDoesNotMatch")]
    [InlineData(false, "S3 reads the bucket name from it")]
    public void A_bucket_that_is_sent_the_viewers_Host_answers_none_of_them(bool signed, string detail)
    {
        var bucket = Sample.S3("app") with { OriginAccessControlId = signed ? "E1OAC" : null };
        var fail = Judge<OriginCanAnswerToTheNameAskedFor>(
                Sample.Distribution(bucket) with
                {
                    DefaultCacheBehavior = Sample.Behavior() with { OriginRequestPolicyId = Sample.AllViewer },
                }
            )
            .Fails();

        fail.Detail.ShouldContain(detail);
        fail.Remediation.ShouldNotBeNull().ShouldStartWith("Stop forwarding Host");
    }

    [Fact]
    public void Passes_for_a_bucket_without_Host() => Judge<OriginCanAnswerToTheNameAskedFor>(Sample.S3("app")).Passes();

    [Theory]
    [InlineData(LoadBalancer)]
    [InlineData(FunctionUrl)]
    [InlineData(Api)]
    public void Is_undetermined_when_a_policy_could_not_be_read(string domainName) => Judge(domainName, "custom").IsUndetermined();

    [Fact]
    public void Does_not_apply_to_a_name_of_ones_own() => Judge("origin.example.com", Sample.AllViewer).IsNotApplicable();

    [Fact]
    public void Does_not_apply_to_a_load_balancer_over_http() => Judge(LoadBalancer, null, OriginProtocolPolicy.HttpOnly).IsNotApplicable();

    private static Verdict Judge(string domainName, string? policyId, OriginProtocolPolicy? policy = null) =>
        Judge<OriginCanAnswerToTheNameAskedFor>(
            Sample.Distribution(Sample.Origin(domainName: domainName, policy: policy)) with
            {
                DefaultCacheBehavior = Sample.Behavior() with { OriginRequestPolicyId = policyId },
            }
        );
}
