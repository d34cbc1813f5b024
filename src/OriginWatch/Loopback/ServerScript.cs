using System.Text;

namespace OriginWatch.Loopback;

/// <summary>A server that does not shake hands: reads the client's first bytes or not, says something, and ends.</summary>
/// <param name="ReadsFirst">Waits for the client's first bytes.</param>
/// <param name="Says">Sent as it is.</param>
/// <param name="Then">How it ends.</param>
public sealed record ServerScript(bool ReadsFirst, ReadOnlyMemory<byte> Says, ConnectionEnd Then)
{
    /// <summary>How often <see cref="Says"/> is repeated.</summary>
    public int Times { get; init; } = 1;

    public static ServerScript Silence { get; } = new(ReadsFirst: false, default, ConnectionEnd.Hold);
    public static ServerScript ClosesAtOnce { get; } = new(ReadsFirst: false, default, ConnectionEnd.Close);
    public static ServerScript PlainHttp { get; } = Replies("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");

    public static ServerScript Replies(string text) => new(ReadsFirst: true, Encoding.Latin1.GetBytes(text), ConnectionEnd.Close);
}
