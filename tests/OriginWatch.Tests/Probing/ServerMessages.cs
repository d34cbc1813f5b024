using System.Buffers.Binary;
using OriginWatch.Probing;
using OriginWatch.Tls;

namespace OriginWatch.Tests.Probing;

/// <summary>Handshake messages written by hand, for servers that no library would be.</summary>
internal static class ServerMessages
{
    public static byte[] ServerHello(TlsProtocol version, int suite, byte[]? extensions = null) =>
        Message(2, [.. UInt16((int)version), .. new byte[32], 0, .. UInt16(suite), 0, .. extensions is null ? [] : Opaque(2, extensions)]);

    public static byte[] Certificate(params IEnumerable<ReadOnlyMemory<byte>> chain) =>
        Message(11, Opaque(3, [.. chain.SelectMany(raw => Opaque(3, raw.ToArray()))]));

    /// <summary>An ECDHE key exchange of TLS 1.2 with a point that fits P-256 and a signature that fits nothing.</summary>
    public static byte[] ServerKeyExchange(int group, int scheme) =>
        Message(12, [3, .. UInt16(group), .. Opaque(1, P256Generator), .. UInt16(scheme), .. Opaque(2, new byte[70])]);

    public static byte[] Message(byte type, byte[] body) => [type, .. Opaque(3, body)];

    public static byte[] Opaque(int lengthBytes, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return [.. length[^lengthBytes..], .. content];
    }

    public static byte[] UInt16(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] P256Generator =>
        Convert.FromHexString(
            "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"
        );
}
