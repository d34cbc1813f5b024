using System.Buffers.Binary;

namespace OriginWatch.Probing.Engine;

/// <summary>Follows the record headers of a stream (RFC 8446, section 5.1), so that each record can be told from what came before
/// it.</summary>
internal sealed class RecordBoundaries
{
    private const int HeaderBytes = 5;
    private readonly byte[] _header = new byte[HeaderBytes];
    private int _headerLength;
    private int _left;

    /// <summary>The type and version of the record under way; null before its header is whole.</summary>
    public (int Type, int Version)? Current =>
        _headerLength < HeaderBytes ? null : (_header[0], BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(1)));

    /// <summary>How many of the bytes belong to the record under way; never 0 for bytes that are not empty.</summary>
    public int Take(ReadOnlySpan<byte> received)
    {
        if (_headerLength == HeaderBytes && _left == 0)
        {
            _headerLength = 0;
        }

        var ofHeader = Math.Min(HeaderBytes - _headerLength, received.Length);
        received[..ofHeader].CopyTo(_header.AsSpan(_headerLength));
        if (ofHeader > 0 && (_headerLength += ofHeader) == HeaderBytes)
        {
            _left = BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(3));
        }

        var ofBody = _headerLength < HeaderBytes ? 0 : Math.Min(_left, received.Length - ofHeader);
        _left -= ofBody;
        return ofHeader + ofBody;
    }
}
