using System.Buffers.Binary;

namespace OriginWatch.Tls;

/// <summary>Reads TLS's length-prefixed fields from a message; past the end every read fails instead of throwing.</summary>
internal ref struct MessageReader(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    public readonly bool IsEmpty => _rest.IsEmpty;

    public bool TryByte(out int value)
    {
        value = _rest.IsEmpty ? 0 : _rest[0];
        return TrySkip(1);
    }

    public bool TryUInt16(out int value)
    {
        value = _rest.Length < 2 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(_rest);
        return TrySkip(2);
    }

    public bool TrySkip(int count)
    {
        if (_rest.Length < count)
        {
            _rest = [];
            return false;
        }

        _rest = _rest[count..];
        return true;
    }

    /// <summary>Reads an opaque field whose length stands before it in one, two or three bytes.</summary>
    public bool TryOpaque(int lengthBytes, out ReadOnlySpan<byte> value)
    {
        var length = 0;
        value = [];
        for (var i = 0; i < lengthBytes; i++)
        {
            if (!TryByte(out var digit))
            {
                return false;
            }

            length = (length << 8) | digit;
        }

        return TryFixed(length, out value);
    }

    public bool TryFixed(int length, out ReadOnlySpan<byte> value)
    {
        value = _rest.Length < length ? [] : _rest[..length];
        return TrySkip(length);
    }
}
