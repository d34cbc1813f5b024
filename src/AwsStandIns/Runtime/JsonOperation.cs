using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace AwsStandIns.Runtime;

/// <summary>One operation of a service that speaks awsJson.</summary>
internal static class JsonOperation
{
    /// <param name="service">As the SDK names it.</param>
    /// <param name="target">Of the header X-Amz-Target.</param>
    /// <param name="version">Of awsJson: 1.0 or 1.1.</param>
    /// <param name="write">Writes the members of the request.</param>
    /// <param name="read">Reads the response.</param>
    /// <param name="fault">Makes the service's exception.</param>
    public static InvokeOptions Options<TRequest>(
        string service,
        string target,
        string version,
        Action<Utf8JsonWriter, TRequest> write,
        Func<JsonElement, AmazonWebServiceResponse> read,
        ServiceFault fault
    )
        where TRequest : AmazonWebServiceRequest =>
        new()
        {
            RequestMarshaller = new RequestMarshaller(input =>
                JsonRequest.Of(input, service, target, version, json => write(json, (TRequest)input))
            ),
            ResponseUnmarshaller = new JsonBody(read, fault),
        };
}

/// <summary>A request in awsJson: one address, the operation in a header, the members in the body.</summary>
internal static class JsonRequest
{
    public static DefaultRequest Of(
        AmazonWebServiceRequest input,
        string service,
        string target,
        string version,
        Action<Utf8JsonWriter> write
    )
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            write(json);
        }

        return new(input, service)
        {
            HttpMethod = "POST",
            ResourcePath = "/",
            Content = stream.ToArray(),
            Headers = { ["Content-Type"] = $"application/x-amz-json-{version}", ["X-Amz-Target"] = target },
        };
    }
}

/// <summary>Reads an answer in awsJson.</summary>
internal sealed class JsonBody(Func<JsonElement, AmazonWebServiceResponse> read, ServiceFault fault) : JsonResponseUnmarshaller
{
    private const string ErrorType = "x-amzn-ErrorType";
    private const string RequestId = "x-amzn-RequestId";

    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        using var body = JsonDocument.Parse(input.Stream);
        var response = read(body.RootElement);
        response.ResponseMetadata = new ResponseMetadata { RequestId = Header(input, RequestId) };
        return response;
    }

    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext input,
        Exception innerException,
        HttpStatusCode statusCode
    )
    {
        var (type, message) = Read(input.Stream);
        var code = (Header(input, ErrorType) ?? type)?.Split(':')[0].Split('#')[^1];
        var error = new ErrorResponse
        {
            Code = code,
            Message = message,
            RequestId = Header(input, RequestId),
            Type = (int)statusCode < 500 ? Amazon.Runtime.ErrorType.Sender : Amazon.Runtime.ErrorType.Receiver,
        };
        return fault(error, innerException, statusCode);
    }

    private static (string? Type, string? Message) Read(Stream stream)
    {
        try
        {
            using var body = JsonDocument.Parse(stream);
            return (body.RootElement.Text("__type"), body.RootElement.Text("message") ?? body.RootElement.Text("Message"));
        }
        catch (JsonException)
        {
            return (null, null);
        }
    }

    private static string? Header(UnmarshallerContext input, string name) =>
        input.ResponseData.IsHeaderPresent(name) ? input.ResponseData.GetHeaderValue(name) : null;
}
