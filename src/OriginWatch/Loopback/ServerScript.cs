using System.Text;

namespace OriginWatch.Loopback;

/// <summary>A server that does not shake hands: reads the client's first bytes or not, says something, and ends.</summary>
/// <param name="ReadsFirst">Waits for the client's first bytes.</param>
/// <param name="Says">Sent as it is.</param>
/// <param name="Then">How it ends.</param>
public sealed record ServerScript(bool ReadsFirst, ReadOnlyMemory<byte> Says, ConnectionEnd Then)
{
    private const byte AlertRecord = 21;
    private const byte HandshakeRecord = 22;
    private const byte Fatal = 2;

    /// <summary>How often <see cref="Says"/> is repeated.</summary>
    public int Times { get; init; } = 1;

    public static ServerScript Silence { get; } = new(ReadsFirst: false, default, ConnectionEnd.Hold);
    public static ServerScript ClosesAtOnce { get; } = new(ReadsFirst: false, default, ConnectionEnd.Close);
    public static ServerScript PlainHttp { get; } = Replies("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");

    public static ServerScript Replies(string text) => new(ReadsFirst: true, Encoding.Latin1.GetBytes(text), ConnectionEnd.Close);

    public static ServerScript Greets(string text) => new(ReadsFirst: false, Encoding.Latin1.GetBytes(text), ConnectionEnd.Hold);

    /// <summary>Answers the hello with an alert and closes.</summary>
    public static ServerScript Alert(byte number, byte level = Fatal) =>
        new(ReadsFirst: true, Record(AlertRecord, [level, number]), ConnectionEnd.Close);

    /// <summary>Answers the hello with handshake messages, given with their four-byte headers, and holds the connection open.</summary>
    public static ServerScript Messages(params IEnumerable<byte[]> messages) =>
        new(
            ReadsFirst: true,
            messages.SelectMany(message => message.Chunk(16 * 1024)).SelectMany(part => Record(HandshakeRecord, part)).ToArray(),
            ConnectionEnd.Hold
        );

    /// <summary>A record of TLS 1.2 (RFC 5246, section 6.2.1).</summary>
    private static byte[] Record(byte type, byte[] content) => [type, 3, 3, (byte)(content.Length >> 8), (byte)content.Length, .. content];
}
