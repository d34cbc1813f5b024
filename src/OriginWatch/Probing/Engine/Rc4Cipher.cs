using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl;

namespace OriginWatch.Probing.Engine;

/// <summary>RC4 with 128-bit keys as a TLS record cipher (RFC 5246, section 6.2.3.1), which CloudFront documents as RC4-MD5.</summary>
internal sealed class Rc4Cipher : TlsCipher, TlsCipherExt
{
    private const int KeyBytes = 16;
    private readonly RC4Engine _encrypt = new();
    private readonly RC4Engine _decrypt = new();
    private readonly TlsSuiteHmac _writeMac;
    private readonly TlsSuiteHmac _readMac;

    public Rc4Cipher(TlsCryptoParameters parameters, TlsHmac clientMac, TlsHmac serverMac)
    {
        var macBytes = clientMac.MacLength;
        var keys = TlsImplUtilities.CalculateKeyBlock(parameters, (2 * macBytes) + (2 * KeyBytes));
        clientMac.SetKey(keys, 0, macBytes);
        serverMac.SetKey(keys, macBytes, macBytes);
        var clientKey = new KeyParameter(keys, 2 * macBytes, KeyBytes);
        var serverKey = new KeyParameter(keys, (2 * macBytes) + KeyBytes, KeyBytes);
        _encrypt.Init(true, parameters.IsServer ? serverKey : clientKey);
        _decrypt.Init(false, parameters.IsServer ? clientKey : serverKey);
        _writeMac = new(parameters, parameters.IsServer ? serverMac : clientMac);
        _readMac = new(parameters, parameters.IsServer ? clientMac : serverMac);
    }

    public bool UsesOpaqueRecordType => false;

    public int GetCiphertextDecodeLimit(int plaintextLimit) => plaintextLimit + _readMac.Size;

    public int GetCiphertextEncodeLimit(int plaintextLength, int plaintextLimit) => plaintextLength + _writeMac.Size;

    public int GetPlaintextLimit(int ciphertextLimit) => GetPlaintextEncodeLimit(ciphertextLimit);

    public int GetPlaintextDecodeLimit(int ciphertextLimit) => ciphertextLimit - _readMac.Size;

    public int GetPlaintextEncodeLimit(int ciphertextLimit) => ciphertextLimit - _writeMac.Size;

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
    )
    {
        var mac = _writeMac.CalculateMac(seqNo, contentType, plaintext);
        var record = new byte[headerAllocation + plaintext.Length + mac.Length];
        _encrypt.ProcessBytes(plaintext, record.AsSpan(headerAllocation));
        _encrypt.ProcessBytes(mac, record.AsSpan(headerAllocation + plaintext.Length));
        return new(record, 0, record.Length, contentType);
    }

    public TlsDecodeResult DecodeCiphertext(
        long seqNo,
        short recordType,
        ProtocolVersion recordVersion,
        byte[] ciphertext,
        int offset,
        int len
    )
    {
        var length = len - _readMac.Size;
        if (length < 0)
        {
            throw new TlsFatalAlert(AlertDescription.decode_error);
        }

        var plain = new byte[len];
        _decrypt.ProcessBytes(ciphertext.AsSpan(offset, len), plain);
        var mac = _readMac.CalculateMac(seqNo, recordType, plain.AsSpan(0, length));
        return mac.AsSpan().SequenceEqual(plain.AsSpan(length))
            ? new(plain, 0, length, recordType)
            : throw new TlsFatalAlert(AlertDescription.bad_record_mac);
    }

    public void RekeyDecoder() => throw new TlsFatalAlert(AlertDescription.internal_error);

    public void RekeyEncoder() => throw new TlsFatalAlert(AlertDescription.internal_error);
}
