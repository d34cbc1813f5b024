using System.Text;
using OriginWatch.History;
using OriginWatch.Loopback;
using OriginWatch.Trust;

namespace OriginWatch.Tests;

/// <summary>Members of the program's own types that it has no use for itself.</summary>
internal static class ForTestsAlone
{
    private const byte AlertRecord = 21;
    private const byte HandshakeRecord = 22;
    private const byte Fatal = 2;

    extension(ServerScript)
    {
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
    }

    extension(ServedChain)
    {
        /// <summary>Each certificate anew, without the cache of a run.</summary>
        public static ServedChain Parse(IReadOnlyList<ReadOnlyMemory<byte>> raw) => new([.. raw.Select(ServedCertificateReader.Read)]);
    }

    extension(StateWrite write)
    {
        public bool IsConflict => write.Version is null;
    }

    extension(RunOutcome outcome)
    {
        /// <summary>What it had to say to the default topic.</summary>
        public DigestMessage? Digest => outcome.Digests.FirstOrDefault(digest => digest.Topic is null);
    }

    /// <summary>A record of TLS 1.2 (RFC 5246, section 6.2.1).</summary>
    private static byte[] Record(byte type, byte[] content) => [type, 3, 3, (byte)(content.Length >> 8), (byte)content.Length, .. content];
}
