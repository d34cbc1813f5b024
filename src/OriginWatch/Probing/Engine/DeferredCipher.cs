using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl;

namespace OriginWatch.Probing.Engine;

/// <summary>A record cipher of TLS 1.3 that is made for the first record that needs it: most handshakes end before the first record under
/// the keys for application data.</summary>
/// <param name="make">Reads the traffic secrets that are in force when the first record comes: those are the cipher's own, since the
/// engine replaces them only after a record under each.</param>
internal sealed class DeferredCipher(Func<TlsCipher> make) : TlsCipher, TlsCipherExt
{
    /// <summary>The content type and the tag, of all suites for TLS 1.3 that are offered (RFC 8446, section 5.2).</summary>
    private const int Overhead = 1 + 16;

    private TlsCipher? _made;

    public bool UsesOpaqueRecordType => true;

    private TlsCipher Made => _made ??= make();

    public int GetCiphertextDecodeLimit(int plaintextLimit) => plaintextLimit + Overhead;

    public int GetCiphertextEncodeLimit(int plaintextLength, int plaintextLimit) => Math.Min(plaintextLength, plaintextLimit) + Overhead;

    public int GetPlaintextLimit(int ciphertextLimit) => GetPlaintextEncodeLimit(ciphertextLimit);

    public int GetPlaintextDecodeLimit(int ciphertextLimit) => ciphertextLimit - Overhead;

    public int GetPlaintextEncodeLimit(int ciphertextLimit) => ciphertextLimit - Overhead;

    public TlsEncodeResult EncodePlaintext(
        long seqNo,
        short contentType,
        ProtocolVersion recordVersion,
        int headerAllocation,
        byte[] plaintext,
        int offset,
        int len
    ) => EncodePlaintext(seqNo, contentType, recordVersion, headerAllocation, plaintext.AsSpan(offset, len));

    public TlsEncodeResult EncodePlaintext(
        long seqNo,
        short contentType,
        ProtocolVersion recordVersion,
        int headerAllocation,
        ReadOnlySpan<byte> plaintext
    ) => Made.EncodePlaintext(seqNo, contentType, recordVersion, headerAllocation, plaintext);

    public TlsDecodeResult DecodeCiphertext(
        long seqNo,
        short recordType,
        ProtocolVersion recordVersion,
        byte[] ciphertext,
        int offset,
        int len
    ) => Made.DecodeCiphertext(seqNo, recordType, recordVersion, ciphertext, offset, len);

    public void RekeyDecoder() => Made.RekeyDecoder();

    public void RekeyEncoder() => Made.RekeyEncoder();
}
