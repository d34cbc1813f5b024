using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl;

namespace OriginWatch.Probing.Engine;

/// <summary>SSLv3 leaves the padding bytes to the sender and only their number counts (RFC 6101, section 5.2.3.2); the base class checks
/// them as TLS does.</summary>
internal sealed class Ssl3BlockCipher(
    TlsCryptoParameters parameters,
    TlsBlockCipherImpl encrypt,
    TlsBlockCipherImpl decrypt,
    TlsHmac clientMac,
    TlsHmac serverMac,
    int keySize
) : TlsBlockCipher(parameters, encrypt, decrypt, clientMac, serverMac, keySize)
{
    protected override int CheckPaddingConstantTime(byte[] buf, int off, int len, int blockSize, int macSize)
    {
        var padding = buf[off + len - 1] + 1;
        return padding <= Math.Min(blockSize, len - macSize) ? padding : 0;
    }
}

/// <summary>A block cipher in CBC mode as the base class of cipher suites wants it.</summary>
internal sealed class CbcEngine(IBlockCipher cipher, bool encrypts) : TlsBlockCipherImpl
{
    private KeyParameter? _key;

    public void SetKey(byte[] key, int keyOff, int keyLen) => SetKey(key.AsSpan(keyOff, keyLen));

    public void SetKey(ReadOnlySpan<byte> key) => _key = new(key);

    public void Init(byte[] iv, int ivOff, int ivLen) => Init(iv.AsSpan(ivOff, ivLen));

    public void Init(ReadOnlySpan<byte> iv) => cipher.Init(encrypts, new ParametersWithIV(_key, iv));

    public int DoFinal(byte[] input, int inputOffset, int inputLength, byte[] output, int outputOffset)
    {
        var blockSize = cipher.GetBlockSize();
        for (var done = 0; done < inputLength; done += blockSize)
        {
            cipher.ProcessBlock(input, inputOffset + done, output, outputOffset + done);
        }

        return inputLength;
    }

    public int GetBlockSize() => cipher.GetBlockSize();
}
