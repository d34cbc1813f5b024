using System.Security.Cryptography;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;
using OriginWatch.Probing.Engine;

namespace OriginWatch.Tests.Probing.Engine;

/// <summary>Secrets that are computed late, against the platform's HKDF.</summary>
public class DeferredSecretTests
{
    private const int Sha256 = CryptoHashAlgorithm.sha256;
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];
    private static readonly byte[] Info = "tls13 c ap traffic"u8.ToArray();
    private readonly ProbeCrypto _crypto = new();

    [Fact]
    public void What_is_derived_is_what_HKDF_says()
    {
        var expanded = HKDF.Expand(HashAlgorithmName.SHA256, Key, 16, Info);
        Secret(Key).HkdfExpand(Sha256, Info, 16).Extract().ShouldBe(expanded);
        Secret(Key).HkdfExpand(Sha256, Info.AsSpan(), 16).Extract().ShouldBe(expanded);
        Secret(Key).HkdfExtract(Sha256, Secret(Info)).Extract().ShouldBe(HKDF.Extract(HashAlgorithmName.SHA256, Info, Key));
    }

    [Fact]
    public void The_first_secret_of_all_is_zeros() => _crypto.HkdfInit(Sha256).Extract().ShouldBe(new byte[32]);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_input_of_an_extraction_may_be_another_kind_of_secret_or_not_computed_yet(bool isDeferred)
    {
        var input = isDeferred ? Secret(Key).HkdfExpand(Sha256, Info, 32) : new BcTlsSecret(_crypto, [.. Key]);
        var bytes = isDeferred ? HKDF.Expand(HashAlgorithmName.SHA256, Key, 32, Info) : Key;
        Secret(Key).HkdfExtract(Sha256, input).Extract().ShouldBe(HKDF.Extract(HashAlgorithmName.SHA256, bytes, Key));
    }

    [Fact]
    public void What_it_was_derived_from_may_be_destroyed_before_it_is_needed()
    {
        var (parent, input) = (Secret(Key), Secret(Info));
        var (expanded, extracted) = (parent.HkdfExpand(Sha256, Info, 32), Secret(Key).HkdfExtract(Sha256, input));
        parent.Destroy();
        input.Destroy();
        expanded.Extract().ShouldBe(HKDF.Expand(HashAlgorithmName.SHA256, Key, 32, Info));
        extracted.Extract().ShouldBe(HKDF.Extract(HashAlgorithmName.SHA256, Info, Key));
    }

    [Fact]
    public void It_lives_until_it_is_taken_or_destroyed_whether_it_was_computed_or_not()
    {
        var (taken, destroyed) = (Secret(Key).HkdfExpand(Sha256, Info, 32), Secret(Key).HkdfExpand(Sha256, Info, 32));
        (taken.IsAlive(), destroyed.IsAlive()).ShouldBe((true, true));
        taken.Extract();
        destroyed.Destroy();
        (taken.IsAlive(), destroyed.IsAlive()).ShouldBe((false, false));
        Should.Throw<InvalidOperationException>(() => taken.Extract());
        Should.Throw<InvalidOperationException>(() => destroyed.HkdfExpand(Sha256, Info, 32));
    }

    private DeferredSecret Secret(byte[] data) => new(_crypto, [.. data]);
}
