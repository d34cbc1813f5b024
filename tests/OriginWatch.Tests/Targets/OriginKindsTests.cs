using OriginWatch.Targets;

namespace OriginWatch.Tests.Targets;

public class OriginKindsTests
{
    [Theory]
    [InlineData("origin.example.com", OriginKind.Custom)]
    [InlineData("elb.example.com", OriginKind.Custom)]
    [InlineData("amazonaws.com", OriginKind.Custom)]
    [InlineData("ec2-203-0-113-25.compute-1.amazonaws.com", OriginKind.Custom)]
    [InlineData("bucket.s3.eu-west-1.amazonaws.com", OriginKind.S3Endpoint)]
    [InlineData("bucket.s3.amazonaws.com", OriginKind.S3Endpoint)]
    [InlineData("bucket.s3-eu-west-1.amazonaws.com", OriginKind.S3Endpoint)]
    [InlineData("www.example.com.s3.dualstack.cn-north-1.amazonaws.com.cn", OriginKind.S3Endpoint)]
    [InlineData("s3.example.com", OriginKind.Custom)]
    [InlineData("abc.us-east-1.awsapprunner.com", OriginKind.AppRunner)]
    [InlineData("d111111abcdef8.cloudfront.net", OriginKind.CloudFront)]
    [InlineData("cloudfront.net.example.com", OriginKind.Custom)]
    [InlineData("abc123.execute-api.eusc-de-east-1.amazonaws.eu", OriginKind.ApiGateway)]
    [InlineData("abc123.execute-api.us-gov-west-1.amazonaws.com", OriginKind.ApiGateway)]
    [InlineData("abcdef.lambda-url.cn-north-1.on.amazonwebservices.com.cn", OriginKind.LambdaUrl)]
    [InlineData("bucket.s3-website-us-east-1.amazonaws.com", OriginKind.S3Website)]
    [InlineData("bucket.s3-website.eu-central-1.amazonaws.com", OriginKind.S3Website)]
    [InlineData("bucket.s3-website.cn-north-1.amazonaws.com.cn", OriginKind.S3Website)]
    [InlineData("app-1.us-east-1.elb.amazonaws.com", OriginKind.LoadBalancer)]
    [InlineData("net-1.elb.us-east-1.amazonaws.com", OriginKind.LoadBalancer)]
    [InlineData("APP-1.eu-west-1.ELB.amazonaws.com.", OriginKind.LoadBalancer)]
    [InlineData("app-1.cn-north-1.elb.amazonaws.com.cn", OriginKind.LoadBalancer)]
    [InlineData("abc123.execute-api.eu-west-1.amazonaws.com", OriginKind.ApiGateway)]
    [InlineData("abc123.execute-api.cn-north-1.amazonaws.com.cn", OriginKind.ApiGateway)]
    [InlineData("abc123.execute-api.eu-west-1.api.aws", OriginKind.ApiGateway)]
    [InlineData("abcdef.lambda-url.eu-west-1.on.aws", OriginKind.LambdaUrl)]
    [InlineData("lambda-url.example.on.aws", OriginKind.Custom)]
    [InlineData("abc.egress.abc.mediapackagev2.eu-west-1.amazonaws.com", OriginKind.Media)]
    [InlineData("abc.data.mediastore.eu-west-1.amazonaws.com", OriginKind.Media)]
    public void A_custom_origins_kind_is_told_by_its_domain_name(string domainName, OriginKind kind) =>
        Sample.Use(Sample.Distribution(Sample.Origin(domainName: domainName))).Kind.ShouldBe(kind);

    [Fact]
    public void A_bucket_is_told_by_its_configuration() => Sample.Use(Sample.Distribution(Sample.S3("app"))).Kind.ShouldBe(OriginKind.S3);

    [Fact]
    public void A_vpc_origin_is_told_by_its_configuration() =>
        Sample
            .Use(Sample.Distribution(Sample.Vpc("app") with { DomainName = "internal-app.eu-west-1.elb.amazonaws.com" }))
            .Kind.ShouldBe(OriginKind.Vpc);
}
