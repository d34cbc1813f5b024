using System.Buffers.Binary;
using Org.BouncyCastle.Tls;

namespace OriginWatch.Tls;

/// <summary>BouncyCastle reads distinguished names by recursion; a CertificateRequest is let through only if that stays shallow.</summary>
internal static class DerNesting
{
    /// <summary>Nested elements in what a peer encodes in DER; a distinguished name needs five.</summary>
    public const int MaxDepth = 32;

    private const byte Constructed = 0x20;

    public static bool IsBounded(ReadOnlySpan<byte> certificateRequest, TlsProtocol? protocol)
    {
        var names = new MessageReader(Authorities(certificateRequest, protocol));
        while (names.TryOpaque(2, out var name))
        {
            if (!IsShallow(name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Walks the elements without recursion and with one length per level.</summary>
    internal static bool IsShallow(ReadOnlySpan<byte> der)
    {
        Span<int> ends = stackalloc int[MaxDepth];
        var depth = 0;
        var position = 0;
        while (position < der.Length)
        {
            while (depth > 0 && position >= ends[depth - 1])
            {
                depth--;
            }

            var isConstructed = (der[position] & Constructed) != 0;
            if (!TryLength(der, ref position, out var length))
            {
                return false;
            }

            if (!isConstructed)
            {
                position += length;
            }
            else if (depth == ends.Length)
            {
                return false;
            }
            else
            {
                ends[depth++] = position + length;
            }
        }

        return true;
    }

    /// <summary>Moves past tag and length. High tag numbers and indefinite lengths have no place in DER names.</summary>
    private static bool TryLength(ReadOnlySpan<byte> der, ref int position, out int length)
    {
        length = 0;
        if ((der[position] & 0x1f) == 0x1f || position + 1 >= der.Length)
        {
            return false;
        }

        var first = der[position + 1];
        var extra = first < 0x80 ? 0 : first & 0x7f;
        position += 2;
        if (first == 0x80 || extra > 3 || position + extra > der.Length)
        {
            return false;
        }

        length = first;
        if (extra > 0)
        {
            Span<byte> digits = [0, 0, 0, 0];
            der.Slice(position, extra).CopyTo(digits[(4 - extra)..]);
            length = BinaryPrimitives.ReadInt32BigEndian(digits);
        }

        position += extra;
        return length <= der.Length - position;
    }

    /// <summary>RFC 5246, section 7.4.4; RFC 8446, sections 4.2.4 and 4.3.2.</summary>
    private static ReadOnlySpan<byte> Authorities(ReadOnlySpan<byte> message, TlsProtocol? protocol)
    {
        var reader = new MessageReader(message);
        reader.TryOpaque(1, out _); // certificate types, or the request's context
        if (protocol == TlsProtocol.Tls13)
        {
            reader.TryOpaque(2, out var list);
            var extensions = new MessageReader(list);
            while (extensions.TryUInt16(out var type) && extensions.TryOpaque(2, out var data))
            {
                if (type == ExtensionType.certificate_authorities)
                {
                    reader = new(data);
                    break;
                }
            }
        }
        else if (protocol == TlsProtocol.Tls12)
        {
            reader.TryOpaque(2, out _); // signature schemes
        }

        return reader.TryOpaque(2, out var names) ? names : [];
    }
}
