using System.Globalization;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.SimpleNotificationService.Model;
using Amazon.Util;
using AwsStandIns.Runtime;

namespace Amazon.SimpleNotificationService;

public class AmazonSimpleNotificationServiceClient : AmazonServiceClient
{
    public AmazonSimpleNotificationServiceClient(AmazonSimpleNotificationServiceConfig config)
        : base(config) { }

    public AmazonSimpleNotificationServiceClient(AWSCredentials credentials, AmazonSimpleNotificationServiceConfig clientConfig)
        : base(credentials, clientConfig) { }

    public virtual Task<PublishResponse> PublishAsync(PublishRequest request, CancellationToken cancellationToken = default) =>
        InvokeAsync(request, Publish, "Publish", result => new PublishResponse { MessageId = result.Text("MessageId") }, cancellationToken);

    public virtual Task<GetTopicAttributesResponse> GetTopicAttributesAsync(
        GetTopicAttributesRequest request,
        CancellationToken cancellationToken = default
    ) =>
        InvokeAsync(
            request,
            input => Form(input, "GetTopicAttributes", [("TopicArn", ((GetTopicAttributesRequest)input).TopicArn)]),
            "GetTopicAttributes",
            result => new GetTopicAttributesResponse { Attributes = Attributes(result) },
            cancellationToken
        );

    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline) => Pipelines.Complete(pipeline);

    private Task<TResponse> InvokeAsync<TResponse>(
        AmazonWebServiceRequest request,
        Func<AmazonWebServiceRequest, IRequest> marshal,
        string action,
        Func<XElement?, TResponse> read,
        CancellationToken cancellationToken
    )
        where TResponse : AmazonWebServiceResponse, new() =>
        InvokeAsync<TResponse>(
            request,
            new InvokeOptions
            {
                RequestMarshaller = new RequestMarshaller(marshal),
                ResponseUnmarshaller = new XmlBody(
                    $"{action}Response",
                    (body, _) => read(body.Member($"{action}Result")),
                    (error, inner, status) =>
                        new AmazonSimpleNotificationServiceException(error.Message, inner, error.Type, error.Code, error.RequestId, status)
                ),
            },
            cancellationToken
        );

    private static Dictionary<string, string>? Attributes(XElement? result) =>
        result
            .Member("Attributes")
            ?.Elements()
            .Where(entry => entry.Text("key") is not null)
            .ToDictionary(entry => entry.Text("key")!, entry => entry.Text("value") ?? "", StringComparer.Ordinal);

    private static DefaultRequest Publish(AmazonWebServiceRequest input)
    {
        var wanted = (PublishRequest)input;
        List<(string, string?)> form =
        [
            ("TopicArn", wanted.TopicArn),
            ("Message", wanted.Message),
            ("Subject", wanted.Subject),
            ("MessageStructure", wanted.MessageStructure),
        ];
        foreach (var ((name, value), index) in (wanted.MessageAttributes ?? []).Select((attribute, index) => (attribute, index + 1)))
        {
            var prefix = string.Create(CultureInfo.InvariantCulture, $"MessageAttributes.entry.{index}");
            form.Add(($"{prefix}.Name", name));
            form.Add(($"{prefix}.Value.DataType", value.DataType));
            form.Add(($"{prefix}.Value.StringValue", value.StringValue));
        }

        return Form(input, "Publish", form);
    }

    private static DefaultRequest Form(AmazonWebServiceRequest input, string action, IEnumerable<(string Name, string? Value)> fields)
    {
        var request = new DefaultRequest(input, "Amazon.SimpleNotificationService") { HttpMethod = "POST" };
        request.Parameters.Add("Action", action);
        request.Parameters.Add("Version", "2010-03-31");
        foreach (var (name, value) in fields.Where(field => field.Value is not null))
        {
            request.Parameters.Add(name, value);
        }

        request.ContentStream = AWSSDKUtils.WriteParametersToPooledStream(request);
        return request;
    }
}
