using System.Runtime.InteropServices;
using Amazon.S3;
using Amazon.S3.Model;
using OriginWatch.Text;

namespace OriginWatch.Aws.Organization.Steps;

/// <summary>The steps' files in a bucket.</summary>
/// <param name="client">Closed by the caller.</param>
/// <param name="bucket">Its name.</param>
/// <param name="ownerAccountId">A bucket of another account is refused; null where the account is not known.</param>
internal sealed class BucketFiles(AmazonS3Client client, string bucket, string? ownerAccountId) : IRunFiles
{
    private const int ReadSize = 81_920;

    public Task<ReadOnlyMemory<byte>?> ReadAsync(string key, int maxBytes, CancellationToken cancellationToken) =>
        CallAsync<ReadOnlyMemory<byte>?>(
            IamActions.GetObject,
            key,
            async () =>
            {
                try
                {
                    using var response = await client.GetObjectAsync(
                        new GetObjectRequest
                        {
                            BucketName = bucket,
                            Key = key,
                            ExpectedBucketOwner = ownerAccountId,
                        },
                        cancellationToken
                    );
                    return await ReadBodyAsync(response, maxBytes, cancellationToken);
                }
                catch (AmazonS3Exception exception) when (exception.ErrorCode == "NoSuchKey")
                {
                    return null;
                }
            },
            cancellationToken
        );

    public Task WriteAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        CallAsync(
            IamActions.PutObject,
            key,
            () =>
                client.PutObjectAsync(
                    new PutObjectRequest
                    {
                        BucketName = bucket,
                        Key = key,
                        ExpectedBucketOwner = ownerAccountId,
                        ContentType = "application/json",
                        InputStream = MemoryMarshal.TryGetArray(content, out var array)
                            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
                            : new MemoryStream(content.ToArray(), writable: false),
                        UseChunkEncoding = false,
                    },
                    cancellationToken
                ),
            cancellationToken
        );

    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(
        GetObjectResponse response,
        int maxBytes,
        CancellationToken cancellationToken
    )
    {
        using var content = new MemoryStream((int)Math.Clamp(response.ContentLength, 0, maxBytes + 1L));
        var buffer = new byte[ReadSize];
        for (int count; content.Length <= maxBytes && (count = await response.ResponseStream.ReadAsync(buffer, cancellationToken)) > 0; )
        {
            await content.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        return content.Length >= Math.Min(response.ContentLength, maxBytes + 1L)
            ? content.GetBuffer().AsMemory(0, (int)Math.Min(content.Length, maxBytes + 1L))
            : throw new IOException($"the object broke off after {content.Length} of {response.ContentLength} bytes.");
    }

    private async Task<T> CallAsync<T>(string action, string key, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
#pragma warning disable CA1031 // Whatever the storage throws is told in one sentence.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            throw new OperatorException(AwsFault.Of($"{action} on s3://{bucket}/{key}", exception).Sentence, exception);
        }
    }
}
