using Amazon.Runtime;
using Amazon.SimpleNotificationService;
using Amazon.SimpleNotificationService.Model;
using OriginWatch.Tests.Aws;

namespace OriginWatch.Tests.AwsStandIns;

public class NotificationTests
{
    [Fact]
    public async Task A_message_with_attributes_is_sent_signed_as_a_form()
    {
        await using var http = new LoopbackHttp(call => new FakeTopic().Answer(call) ?? throw new IOException("unexpected"));
        using var client = new AmazonSimpleNotificationServiceClient(
            new BasicAWSCredentials("AKIAIOSFODNN7EXAMPLE", "secret"),
            new AmazonSimpleNotificationServiceConfig { ServiceURL = http.Url, AuthenticationRegion = "eu-west-1" }
        );
        var response = await client.PublishAsync(
            new PublishRequest
            {
                TopicArn = FakeTopic.Arn,
                Subject = "a & b",
                Message = "{\"default\":\"ü\"}",
                MessageStructure = "json",
                MessageAttributes = new()
                {
                    ["severity"] = new MessageAttributeValue { DataType = "String", StringValue = "critical" },
                },
            },
            TestContext.Current.CancellationToken
        );
        response.MessageId.ShouldBe("m-1");
        var call = http.Calls.Single();
        call.Body.ShouldBe(
            "Action=Publish&Message=%7B%22default%22%3A%22%C3%BC%22%7D&MessageAttributes.entry.1.Name=severity&MessageAttributes.entry.1.Value.DataType=String&MessageAttributes.entry.1.Value.StringValue=critical&MessageStructure=json&Subject=a%20%26%20b&TopicArn=arn%3Aaws%3Asns%3Aus-east-1%3A123456789012%3Aoriginwatch&Version=2010-03-31"
        );
        call.Headers["Authorization"].ShouldStartWith("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/");
        call.Headers["Authorization"].ShouldContain("/eu-west-1/sns/aws4_request");
    }
}
