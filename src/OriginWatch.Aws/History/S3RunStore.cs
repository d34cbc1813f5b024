using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using OriginWatch.History;
using OriginWatch.History.Routing;

namespace OriginWatch.Aws.History;

/// <summary>
/// A run store in a bucket, for one run. The version of the state is its ETag, and writes are conditional
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html).
/// </summary>
/// <param name="client">Closed by the caller.</param>
/// <param name="place">Which bucket, and whose it must be.</param>
/// <param name="limit">For one call with its retries and its body. Storage that exceeds it is not asked again in this run: the mail must
/// still go out in time.</param>
/// <param name="time">For the limit and the names of what is kept aside.</param>
internal sealed class S3RunStore(AmazonS3Client client, BucketPlace place, TimeSpan limit, TimeProvider time) : IRunStore
{
    private readonly BucketObjects _objects = new(client, place.Bucket, place.OwnerAccountId);
    private RunStoreException? _silence;

    public string Location => place.Address(BucketPlace.StateKey);

    public async Task<StoredState?> ReadStateAsync(CancellationToken cancellationToken) =>
        await ReadAsync(BucketPlace.StateKey, RunStateJson.MaxBytes, cancellationToken) is { } found
            ? new(found.Content, found.ETag)
            : null;

    public async Task<ReadOnlyMemory<byte>?> ReadSuppressionsAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(BucketPlace.SuppressionsKey, SuppressionFile.MaxBytes, cancellationToken))?.Content;

    public async Task<ReadOnlyMemory<byte>?> ReadRoutesAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(BucketPlace.RoutesKey, RouteFile.MaxBytes, cancellationToken))?.Content;

    /// <summary>The roots that somebody put there, cut after <see cref="RunRoots.MaxBytes"/> + 1 bytes; null when there are none.</summary>
    /// <exception cref="RunStoreException">Whether there are any could not be found out.</exception>
    public async Task<StoredRoots?> ReadRootsAsync(CancellationToken cancellationToken) =>
        await ReadAsync(BucketPlace.RootsKey, RunRoots.MaxBytes, cancellationToken) is { } found
            ? new(found.Content, place.Address(BucketPlace.RootsKey), found.LastModified)
            : null;

    public Task<StateWrite> WriteStateAsync(ReadOnlyMemory<byte> content, string? expected, CancellationToken cancellationToken) =>
        CallAsync(
            IamActions.PutObject,
            BucketPlace.StateKey,
            async token =>
            {
                try
                {
                    var written = await _objects.WriteAsync(
                        BucketPlace.StateKey,
                        BucketObjects.Stream(content),
                        "application/json",
                        (expected, expected is null ? "*" : null),
                        token
                    );
                    return StateWrite.Written(written.ETag);
                }
                catch (AmazonS3Exception exception) when (IsConflict(exception))
                {
                    return StateWrite.Conflict;
                }
            },
            cancellationToken
        );

    public Task<string> KeepStateAsideAsync(CancellationToken cancellationToken)
    {
        var stamp = time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var key = $"{BucketPlace.KeptPrefix}state-{stamp}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}.json";
        return CallAsync(
            IamActions.PutObject,
            key,
            async token =>
            {
                var request = new CopyObjectRequest
                {
                    SourceBucket = place.Bucket,
                    SourceKey = BucketPlace.StateKey,
                    ExpectedSourceBucketOwner = place.OwnerAccountId,
                    DestinationBucket = place.Bucket,
                    DestinationKey = key,
                    ExpectedBucketOwner = place.OwnerAccountId,
                };
                await client.CopyObjectAsync(request, token);
                return place.Address(key);
            },
            cancellationToken
        );
    }

    public Task WriteReportAsync(ReportObject report, CancellationToken cancellationToken) =>
        CallAsync(
            IamActions.PutObject,
            BucketPlace.ReportsPrefix + report.Name,
            token => _objects.WriteAsync(BucketPlace.ReportsPrefix + report.Name, report.Content, report.ContentType, default, token),
            cancellationToken
        );

    /// <summary>412: it changed. 409: it is being written. 404 with a condition: it was deleted.</summary>
    private static bool IsConflict(AmazonS3Exception exception) =>
        exception.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict || BucketObjects.IsMissing(exception);

    private Task<BucketObject?> ReadAsync(string key, int bound, CancellationToken cancellationToken) =>
        CallAsync(IamActions.GetObject, key, token => _objects.ReadAsync(key, bound, token), cancellationToken);

    private async Task<T> CallAsync<T>(
        string action,
        string key,
        Func<CancellationToken, Task<T>> call,
        CancellationToken cancellationToken
    )
    {
        if (_silence is not null)
        {
            throw new RunStoreException(_silence.Message, _silence);
        }

        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await call(either.Token);
        }
#pragma warning disable CA1031 // The contract of the store: nothing but its own exception gets out.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            var attempt = $"{action} on {place.Address(key)}";
            throw timer.IsCancellationRequested
                ? _silence = new RunStoreException(
                    $"S3 did not finish {attempt} within {limit.TotalSeconds:0.#} s and was not asked again in this run.",
                    exception
                )
                : new RunStoreException(AwsFault.Of(attempt, exception).Sentence, exception);
        }
    }
}
