using Amazon.Runtime;

namespace Amazon.SimpleNotificationService.Model;

public class AmazonSimpleNotificationServiceRequest : AmazonWebServiceRequest;

public class PublishRequest : AmazonSimpleNotificationServiceRequest
{
    public string? Message { get; set; }
    public Dictionary<string, MessageAttributeValue>? MessageAttributes { get; set; }
    public string? MessageStructure { get; set; }
    public string? Subject { get; set; }
    public string? TopicArn { get; set; }
}

public class PublishResponse : AmazonWebServiceResponse
{
    public string? MessageId { get; set; }
}

public class MessageAttributeValue
{
    public string? DataType { get; set; }
    public string? StringValue { get; set; }
}

public class GetTopicAttributesRequest : AmazonSimpleNotificationServiceRequest
{
    public string? TopicArn { get; set; }
}

public class GetTopicAttributesResponse : AmazonWebServiceResponse
{
    public Dictionary<string, string>? Attributes { get; set; }
}
