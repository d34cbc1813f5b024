using System.Globalization;
using System.Security.Cryptography;
using OriginWatch.History.Routing;

namespace OriginWatch.History;

/// <summary>Before anything is probed: reads what the last run and the operator left, and sends the digests that the last run could
/// not.</summary>
internal sealed class RunOpening(IRunStore store, DigestOutbox outbox, TimeProvider time, string? defaultTopic)
{
    /// <exception cref="RunStoreException">A newer version wrote the state.</exception>
    public async Task<RunStart> BeginAsync(CancellationToken cancellationToken)
    {
        var start = new RunStart { RunId = NewRunId(time.GetUtcNow()) };
        start = await ReadSuppressionsAsync(start, cancellationToken);
        start = await ReadRoutesAsync(start, cancellationToken);
        var loaded = await StateLoader.LoadAsync(store, cancellationToken);
        start = start.With(loaded with { State = loaded.State?.NotAfter(time.GetUtcNow()) });
        return start.Pending.Count == 0 ? start : await SendLeftoversAsync(start, cancellationToken);
    }

    private static string NewRunId(DateTimeOffset now) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}"
        );

    private async Task<RunStart> ReadSuppressionsAsync(RunStart start, CancellationToken cancellationToken)
    {
        try
        {
            var content = await store.ReadSuppressionsAsync(cancellationToken);
            return content is null ? start : start with { Suppressions = SuppressionFile.Parse(content.Value) };
        }
        catch (RunStoreException exception)
        {
            return start with
            {
                Suppressions = new([], $"The suppressions file could not be read, so nothing is suppressed: {exception.Message}"),
                Failures = [.. start.Failures, exception],
            };
        }
    }

    private async Task<RunStart> ReadRoutesAsync(RunStart start, CancellationToken cancellationToken)
    {
        try
        {
            var content = await store.ReadRoutesAsync(cancellationToken);
            return content is null ? start : start with { Routes = RouteFile.Parse(content.Value, defaultTopic) };
        }
        catch (RunStoreException exception)
        {
            return start with
            {
                Routes = new([], $"The routes file could not be read, so every mail goes to the default topic: {exception.Message}"),
                Failures = [.. start.Failures, exception],
            };
        }
    }

    private async Task<RunStart> SendLeftoversAsync(RunStart start, CancellationToken cancellationToken)
    {
        var result = await outbox.SendLeftoversAsync(new(start.Previous!, start.Version!), start.Routes, start.RunId, cancellationToken);
        return start with
        {
            Previous = result.State.State,
            Version = result.State.Version,
            Failures = [.. start.Failures, .. result.Failures],
            SentAtStart = [.. result.Sent.Select(digest => digest.Id)],
            LateTopics = [.. result.Sent.Select(digest => digest.Topic ?? "").Distinct(StringComparer.Ordinal)],
        };
    }
}
