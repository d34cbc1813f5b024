using System.Runtime.InteropServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace OriginWatch.Aws.History;

/// <summary>The objects of a bucket, read whole within a bound and written at once.</summary>
/// <param name="client">Closed by the caller.</param>
/// <param name="bucket">Its name.</param>
/// <param name="ownerAccountId">A bucket of another account is refused; null where the account is not known.</param>
internal sealed class BucketObjects(AmazonS3Client client, string bucket, string? ownerAccountId)
{
    private const int ReadSize = 81_920;

    /// <summary>A bucket that is missing is a fault, and no missing object.</summary>
    public static bool IsMissing(AmazonS3Exception exception) => exception.ErrorCode == "NoSuchKey";

    /// <summary>Over the bytes themselves where they are an array: the state of 50,000 origins is not copied.</summary>
    public static MemoryStream Stream(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var array)
            ? new(array.Array!, array.Offset, array.Count, writable: false)
            : new(content.ToArray(), writable: false);

    /// <summary>Null where there is none; one byte more than <paramref name="bound"/> where it is too long.</summary>
    public async Task<BucketObject?> ReadAsync(string key, int bound, CancellationToken cancellationToken)
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
            return new(await ReadBodyAsync(response, bound, cancellationToken), response.ETag, response.LastModified);
        }
        catch (AmazonS3Exception exception) when (IsMissing(exception))
        {
            return null;
        }
    }

    /// <param name="key">Where.</param>
    /// <param name="content">Seekable.</param>
    /// <param name="contentType">Its type.</param>
    /// <param name="condition">The ETag that it must have now, or * where there must be none; without either it is written in any
    /// case.</param>
    /// <param name="cancellationToken">Abandons it.</param>
    public Task<PutObjectResponse> WriteAsync(
        string key,
        Stream content,
        string contentType,
        (string? IfMatch, string? IfNoneMatch) condition,
        CancellationToken cancellationToken
    ) =>
        client.PutObjectAsync(
            new PutObjectRequest
            {
                BucketName = bucket,
                Key = key,
                ExpectedBucketOwner = ownerAccountId,
                ContentType = contentType,
                InputStream = content,
                IfMatch = condition.IfMatch,
                IfNoneMatch = condition.IfNoneMatch,
                UseChunkEncoding = false, // its length is known: one checksum and one signature over all of it
            },
            cancellationToken
        );

    /// <summary>A part of an object is a fault: it would pass for a corrupt one.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadBodyAsync(
        GetObjectResponse response,
        int bound,
        CancellationToken cancellationToken
    )
    {
        using var content = new MemoryStream((int)Math.Clamp(response.ContentLength, 0, bound + 1L));
        var buffer = new byte[ReadSize];
        for (int count; content.Length <= bound && (count = await response.ResponseStream.ReadAsync(buffer, cancellationToken)) > 0; )
        {
            await content.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        return content.Length >= Math.Min(response.ContentLength, bound + 1L)
            ? content.GetBuffer().AsMemory(0, (int)Math.Min(content.Length, bound + 1L))
            : throw new IOException($"the object broke off after {content.Length} of {response.ContentLength} bytes.");
    }
}

/// <param name="Content">All of it, within the bound.</param>
/// <param name="ETag">Opaque; equal only for the same write.</param>
/// <param name="LastModified">When it was written.</param>
internal sealed record BucketObject(ReadOnlyMemory<byte> Content, string ETag, DateTime? LastModified);
