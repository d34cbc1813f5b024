using Amazon.S3;
using OriginWatch.Aws.History;
using OriginWatch.Text;

namespace OriginWatch.Aws.Organization.Steps;

/// <summary>The steps' files in a bucket.</summary>
/// <param name="client">Closed by the caller.</param>
/// <param name="bucket">Its name.</param>
/// <param name="ownerAccountId">A bucket of another account is refused; null where the account is not known.</param>
internal sealed class BucketFiles(AmazonS3Client client, string bucket, string? ownerAccountId) : IRunFiles
{
    private readonly BucketObjects _objects = new(client, bucket, ownerAccountId);

    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string key, int maxBytes, CancellationToken cancellationToken) =>
        (
            await CallAsync(IamActions.GetObject, key, () => _objects.ReadAsync(key, maxBytes, cancellationToken), cancellationToken)
        )?.Content;

    public Task WriteAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        CallAsync(
            IamActions.PutObject,
            key,
            () => _objects.WriteAsync(key, BucketObjects.Stream(content), "application/json", default, cancellationToken),
            cancellationToken
        );

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
