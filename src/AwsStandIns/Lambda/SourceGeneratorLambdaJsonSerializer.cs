using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>Knows the types of its context and no others, as the official one.</summary>
public class SourceGeneratorLambdaJsonSerializer<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSGContext>
    : ILambdaSerializer
    where TSGContext : JsonSerializerContext
{
    private readonly TSGContext _context =
        (TSGContext?)
            Activator.CreateInstance(
                typeof(TSGContext),
                new JsonSerializerOptions
                {
                    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                    PropertyNameCaseInsensitive = true,
                }
            )
        ?? throw new JsonSerializerException($"Failed to create an instance of {typeof(TSGContext)}.");

    public T Deserialize<T>(Stream requestStream)
    {
        try
        {
            return JsonSerializer.Deserialize(requestStream, TypeInfo<T>())!;
        }
        catch (JsonException exception)
        {
            throw new JsonSerializerException(
                $"Error converting the Lambda event JSON payload to type {typeof(T)}: {exception.Message}",
                exception
            );
        }
    }

    public void Serialize<T>(T response, Stream responseStream) => JsonSerializer.Serialize(responseStream, response, TypeInfo<T>());

    private JsonTypeInfo<T> TypeInfo<T>() =>
        (JsonTypeInfo<T>?)_context.GetTypeInfo(typeof(T))
        ?? throw new JsonSerializerException($"No JsonTypeInfo registered in {typeof(TSGContext)} for {typeof(T)}.");
}

public class JsonSerializerException : Exception
{
    public JsonSerializerException(string message)
        : base(message) { }

    public JsonSerializerException(string message, Exception exception)
        : base(message, exception) { }
}
