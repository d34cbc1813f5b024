using System.Formats.Asn1;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;

namespace OriginWatch.Trust.X509;

/// <summary>The parameters of an RSASSA-PSS signature (RFC 4055, section 3.1) as AWS-LC takes them (rsa_pss.c): any salt length, the two
/// hashes not necessarily the same.</summary>
/// <param name="Hash">SHA-256, …</param>
/// <param name="MaskHash">That of the mask generation function.</param>
/// <param name="SaltLength">In bytes.</param>
internal sealed record PssParameters(string Hash, string MaskHash, int SaltLength)
{
    private const string Sha1Oid = "1.3.14.3.2.26";
    private const string Mgf1 = "1.2.840.113549.1.1.8";
    private const int DefaultSalt = 20;
    private static readonly Asn1Tag HashTag = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag MaskTag = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag SaltTag = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag TrailerTag = new(TagClass.ContextSpecific, 3);

    /// <exception cref="AsnContentException">They are malformed, or name what AWS-LC does not take.</exception>
    public static PssParameters Read(ReadOnlyMemory<byte> parameters)
    {
        var sequence = new BerReader(parameters).ReadSequence();
        var hash = sequence.NextIs(HashTag) ? HashName(sequence.ReadSequence(HashTag).ReadSequence().ReadOid()) : HashName(Sha1Oid);
        var mask = sequence.NextIs(MaskTag) ? MaskHashName(sequence.ReadSequence(MaskTag).ReadSequence()) : HashName(Sha1Oid);
        var salt = sequence.NextIs(SaltTag) ? Salt(sequence.ReadSequence(SaltTag).ReadInteger().Span) : DefaultSalt;
        if (sequence.NextIs(TrailerTag) && sequence.ReadSequence(TrailerTag).ReadInteger().Span is not [1])
        {
            throw new AsnContentException("the trailer is not the one that there is");
        }

        sequence.ThrowIfNotEmpty();
        return new(hash, mask, salt);
    }

    /// <summary>A key may be for one hash and a least length of salt (RFC 4055, section 3.3).</summary>
    public bool IsAllowedBy(PssParameters key) => Hash == key.Hash && MaskHash == key.MaskHash && SaltLength >= key.SaltLength;

    /// <summary>BouncyCastle's name of a hash is the one used here.</summary>
    public IDigest CreateDigest() => DigestUtilities.GetDigest(Hash);

    public IDigest CreateMaskDigest() => DigestUtilities.GetDigest(MaskHash);

    private static int Salt(ReadOnlySpan<byte> length) =>
        length switch
        {
            [< 0x80 and var one] => one,
            [< 0x80 and var high, var low] => (high << 8) | low,
            _ => throw new AsnContentException("the salt length fits no key"),
        };

    private static string MaskHashName(BerReader mask) =>
        mask.ReadOid() == Mgf1
            ? HashName(mask.ReadSequence().ReadOid())
            : throw new AsnContentException("the mask generation function is unknown");

    private static string HashName(string oid) =>
        oid switch
        {
            Sha1Oid => "SHA-1",
            "2.16.840.1.101.3.4.2.1" => "SHA-256",
            "2.16.840.1.101.3.4.2.2" => "SHA-384",
            "2.16.840.1.101.3.4.2.3" => "SHA-512",
            "2.16.840.1.101.3.4.2.4" => "SHA-224",
            _ => throw new AsnContentException("the hash is unknown"),
        };
}
