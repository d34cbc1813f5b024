using OriginWatch.Names;

namespace OriginWatch.Tests.Names;

public class UncertifiableNamesTests
{
    [Theory]
    [InlineData("app-1.us-east-1.elb.amazonaws.com", "Elastic Load Balancing")]
    [InlineData("NET-1.elb.us-gov-west-1.amazonaws.com.", "Elastic Load Balancing")]
    [InlineData("app-1.eusc-de-east-1.elb.amazonaws.eu", "Elastic Load Balancing")]
    [InlineData("ec2-203-0-113-7.cn-north-1.compute.amazonaws.com.cn", "Amazon EC2")]
    [InlineData("abc123.execute-api.eu-west-1.amazonaws.com", "AWS")]
    [InlineData("abc.lambda-url.eu-west-1.on.aws", "AWS")]
    [InlineData("abc.eu-west-1.cs.amazonlightsail.com", "Amazon Lightsail")]
    [InlineData("d111111abcdef8.cloudfront.net", "Amazon CloudFront")]
    [InlineData("ip-10-0-0-1.ec2.internal", "a private network")]
    [InlineData("intranet", "a private network")]
    [InlineData("www.example.com", null)]
    [InlineData("amazonaws.com.example.net", null)]
    [InlineData("elasticbeanstalk.com.evil.example", null)]
    [InlineData("vm.westeurope.cloudapp.azure.com", null)]
    public void Their_owner_is_told_by_the_suffix(string name, string? owner) => UncertifiableNames.OwnerOf(name).ShouldBe(owner);
}
