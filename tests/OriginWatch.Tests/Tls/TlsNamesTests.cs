using OriginWatch.Tls;

namespace OriginWatch.Tests.Tls;

public class TlsNamesTests
{
    [Theory]
    [InlineData(0x0017, "secp256r1")]
    [InlineData(0x0018, "secp384r1")]
    [InlineData(0x0019, "secp521r1")]
    [InlineData(0x001d, "x25519")]
    [InlineData(0x001e, "x448")]
    [InlineData(0x0100, "ffdhe2048")]
    [InlineData(0x0101, "ffdhe3072")]
    [InlineData(0x0102, "ffdhe4096")]
    [InlineData(0x11ec, "X25519MLKEM768")]
    [InlineData(0x0a0a, "0x0a0a")]
    [InlineData(0xfe01, "0xfe01")]
    public void Groups_have_the_names_of_the_registry(int number, string name) => TlsNames.NamedGroup(number).ShouldBe(name);

    [Theory]
    [InlineData(0x0201, "rsa_pkcs1_sha1")]
    [InlineData(0x0203, "ecdsa_sha1")]
    [InlineData(0x0401, "rsa_pkcs1_sha256")]
    [InlineData(0x0501, "rsa_pkcs1_sha384")]
    [InlineData(0x0601, "rsa_pkcs1_sha512")]
    [InlineData(0x0804, "rsa_pss_rsae_sha256")]
    [InlineData(0x0805, "rsa_pss_rsae_sha384")]
    [InlineData(0x0806, "rsa_pss_rsae_sha512")]
    [InlineData(0x0807, "ed25519")]
    [InlineData(0x0808, "ed448")]
    [InlineData(0x0809, "rsa_pss_pss_sha256")]
    [InlineData(0x080b, "rsa_pss_pss_sha512")]
    [InlineData(0x1a1a, "0x1a1a")]
    public void Schemes_have_the_names_of_the_registry(int number, string name) => TlsNames.SignatureScheme(number).ShouldBe(name);

    [Theory]
    [InlineData(0x0101, "rsa_pkcs1_md5")]
    [InlineData(0x0301, "rsa_pkcs1_sha224")]
    [InlineData(0x0403, "ecdsa_sha256")]
    [InlineData(0x0503, "ecdsa_sha384")]
    [InlineData(0x0603, "ecdsa_sha512")]
    public void Pairs_of_TLS_1_2_name_no_curve(int number, string name) => TlsNames.SignatureScheme(number).ShouldBe(name);
}
