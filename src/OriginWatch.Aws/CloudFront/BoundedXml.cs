using OriginWatch.Inventory;

namespace OriginWatch.Aws.CloudFront;

/// <summary>
/// An answer of the API that ends the reading where it is longer or deeper than CloudFront's are. Parsed it takes several times its length,
/// and deep XML costs the square of its depth.
/// </summary>
/// <param name="inner">The answer.</param>
/// <param name="take">Takes so many bytes of what all answers together may have; false where none are left.</param>
internal sealed class BoundedXml(Stream inner, Func<int, bool> take) : Stream
{
    /// <summary>Eight times as deep as a distribution's configuration.</summary>
    private const int MostDepth = 128;
    private int _depth;
    private byte _before;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        Check(buffer[..count]);
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        Check(buffer.Span[..count]);
        return count;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Check(ReadOnlySpan<byte> bytes)
    {
        if (!take(bytes.Length))
        {
            throw new InventoryException(
                $"CloudFront's answers are longer than {BoundedAnswers.MostBytes / (1024 * 1024)} MiB, "
                    + "more than a listing of the largest accounts. "
                    + "Check which endpoint answers (AWS_ENDPOINT_URL); "
                    + "otherwise save the listing ('aws cloudfront list-distributions') and scan parts of it with --inventory. "
                    + "Nothing was evaluated."
            );
        }

        foreach (var next in bytes)
        {
            _depth += (_before, next) switch
            {
                ((byte)'<', (byte)'/') => -1,
                ((byte)'/', (byte)'>') => -1,
                ((byte)'<', not ((byte)'?' or (byte)'!')) => 1,
                _ => 0,
            };
            _before = next;
            if (_depth > MostDepth)
            {
                throw new InventoryException(
                    $"An answer nests elements over {MostDepth} deep, which CloudFront's do not: "
                        + "another server answered. Check AWS_ENDPOINT_URL and the proxy. Nothing was evaluated."
                );
            }
        }
    }
}
