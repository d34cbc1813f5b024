using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace OriginWatch.Tests.Aws;

/// <summary>S3's answers about one bucket, conditional writes included.</summary>
internal sealed class FakeBucket
{
    public const string Name = "originwatch-memory";

    /// <summary>Of every object.</summary>
    private const string PutAt = "Mon, 02 Nov 2026 23:30:00 GMT";

    private readonly Lock _lock = new();

    public ConcurrentDictionary<string, string> Objects { get; } = new(StringComparer.Ordinal);

    public static HttpAnswer Error(int status, string code, string message = "no") =>
        new(status, $"<Error><Code>{code}</Code><Message>{message}</Message><RequestId>1</RequestId></Error>", "application/xml");

    /// <summary>Null where the call is not for the bucket.</summary>
    public HttpAnswer? Answer(HttpCall call)
    {
        if (!call.Path.StartsWith($"/{Name}/", StringComparison.Ordinal))
        {
            return null;
        }

        lock (_lock)
        {
            var key = Uri.UnescapeDataString(call.Path[(Name.Length + 2)..]);
            return call.Method switch
            {
                "GET" => Objects.TryGetValue(key, out var content)
                    ? new(200, content, "application/octet-stream", ETag: ETag(content), LastModified: PutAt)
                    : Error(404, "NoSuchKey"),
                "PUT" when call.Headers.TryGetValue("x-amz-copy-source", out var source) => Copy(
                    Uri.UnescapeDataString(source).Split('/')[^1],
                    key
                ),
                "PUT" => Put(call, key),
                _ => Error(405, "MethodNotAllowed"),
            };
        }
    }

    private HttpAnswer Put(HttpCall call, string key)
    {
        var current = Objects.TryGetValue(key, out var content) ? ETag(content) : null;
        if (
            (call.Headers.ContainsKey("If-None-Match") && current is not null)
            || (call.Headers.TryGetValue("If-Match", out var expected) && expected != current)
        )
        {
            return Error(412, "PreconditionFailed");
        }

        Objects[key] = call.Body;
        return new(200, "", ETag: ETag(call.Body));
    }

    private HttpAnswer Copy(string source, string key)
    {
        Objects[key] = Objects[source];
        return new(200, $"<CopyObjectResult><ETag>{ETag(Objects[key])}</ETag></CopyObjectResult>", "application/xml");
    }

    /// <summary>S3's is the MD5 of the content, and the client checks it.</summary>
#pragma warning disable CA5351 // a checksum
    private static string ETag(string content) => $"\"{Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(content)))}\"";
#pragma warning restore CA5351
}
