using System.Text;

namespace OriginWatch.Edge;

/// <summary>Reads an error page within its bound; what is longer, slower or compressed is no page of CloudFront, and is said to be
/// cut.</summary>
internal static class EdgeBody
{
    public static async Task<EdgeReply.Http> ReadAsync(
        EdgeReply.Http reply,
        HttpContent content,
        CancellationToken bound,
        CancellationToken cancellationToken
    )
    {
        if (content.Headers.ContentEncoding.Count > 0)
        {
            return reply with { CutBecause = "it is compressed, which was not asked for" };
        }

        var buffer = new byte[EdgeLimits.BodyBytes + 1];
        var (length, cut) = (0, (string?)null);
        try
        {
            await using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            length = await stream
                .ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            cut = length > EdgeLimits.BodyBytes ? $"it is longer than {EdgeLimits.BodyBytes / 1024} KiB" : null;
        }
        catch (OperationCanceledException) when (bound.IsCancellationRequested)
        {
            cut = "it did not end in time";
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            cut = "it ended early";
        }

        return reply with
        {
            Body = Encoding.UTF8.GetString(buffer, 0, Math.Min(length, EdgeLimits.BodyBytes)),
            CutBecause = cut,
        };
    }
}
