using System.Numerics;
using OriginWatch.Trust.X509;

namespace OriginWatch.Tests.Trust;

/// <summary>Which public keys AWS-LC decodes (EVP_parse_public_key): the last that it takes and the first that it does not.</summary>
public class KeyDecodingTests
{
    private const string Rsa = "1.2.840.113549.1.1.1";
    private const string Dsa = "1.2.840.10040.4.1";
    private const string Dilithium = "2.16.840.1.101.3.4.3.";
    private static readonly byte[] Null = [0x05, 0x00];

    [Theory]
    [InlineData(Oids.Ed25519, 32, null)]
    [InlineData(Oids.Ed25519, 31, "its Ed25519 key is malformed")]
    [InlineData(Oids.Ed448, 57, "its key is of the kind Ed448, which AWS-LC does not know")]
    [InlineData(Dilithium + "17", 1312, null)]
    [InlineData(Dilithium + "17", 1952, "its ML-DSA-44 key is malformed")]
    [InlineData(Dilithium + "18", 1952, null)]
    [InlineData(Dilithium + "18", 2592, "its ML-DSA-65 key is malformed")]
    [InlineData(Dilithium + "19", 2592, null)]
    [InlineData(Dilithium + "19", 1312, "its ML-DSA-87 key is malformed")]
    [InlineData("1.3.101.110", 32, null)]
    [InlineData("1.2.3.4", 32, "its key is of the kind 1.2.3.4, which AWS-LC does not know")]
    public void Keys_of_one_size(string kind, int bytes, string? problem) => Problem(kind, [], new byte[bytes]).ShouldBe(problem);

    [Theory]
    [InlineData(Oids.Ed25519, 32)]
    [InlineData(Dilithium + "17", 1312)]
    public void Keys_that_take_no_parameters(string kind, int bytes) =>
        Problem(kind, Null, new byte[bytes]).ShouldNotBeNull().ShouldEndWith("key is malformed");

    [Theory]
    [InlineData(16_384, 33, null)]
    [InlineData(16_385, 33, "its RSA modulus is longer than 16384 bits")]
    [InlineData(2_048, 34, "its RSA key is out of bounds")]
    [InlineData(2_048, 2, null)]
    [InlineData(2_048, 1, "its RSA key is out of bounds")]
    public void Rsa_keys_of_these_bits(int modulus, int exponent, string? problem) =>
        Problem(Rsa, Null, Handmade.Sequence(Number(modulus), Number(exponent))).ShouldBe(problem);

    [Theory]
    [InlineData(0, 1, "")]
    [InlineData(1, 0, "")]
    [InlineData(0, 0, "0500")]
    public void Rsa_keys_with_an_even_number_or_something_more(int modulus, int exponent, string more) =>
        Problem(Rsa, Null, Handmade.Sequence(Number(1_024, modulus), Number(17, exponent), Convert.FromHexString(more)))
            .ShouldBe("its RSA key is out of bounds");

    [Theory]
    [InlineData(10_000, 256, null)]
    [InlineData(10_001, 256, "its DSA modulus is longer than 10000 bits")]
    [InlineData(2_048, 224, null)]
    [InlineData(1_024, 160, null)]
    [InlineData(1_024, 161, "its DSA key is out of bounds")]
    [InlineData(160, 160, "its DSA key is out of bounds")]
    public void Dsa_keys_of_these_bits(int prime, int order, string? problem) =>
        Problem(Dsa, Handmade.Sequence(Number(prime), Number(order), Handmade.Element(0x02, [2])), Handmade.Element(0x02, [2]))
            .ShouldBe(problem);

    [Fact]
    public void Dsa_keys_without_a_generator_within_bounds()
    {
        byte[][] generators = [Handmade.Element(0x02, [0]), Number(1_024)];
        generators
            .Select(generator => Problem(Dsa, Handmade.Sequence(Number(1_024), Number(160), generator), Handmade.Element(0x02, [2])))
            .ShouldAllBe(problem => problem == "its DSA key is out of bounds");
    }

    private static string? Problem(string kind, byte[] parameters, byte[] key) =>
        PublicKeyFacts
            .Read(Handmade.Sequence(Handmade.Sequence(Handmade.Oid(kind), parameters), Handmade.Element(0x03, [0, .. key])))
            .WhyUndecodable;

    /// <summary>The smallest odd number of so many bits, or what is so much more.</summary>
    private static byte[] Number(int bits, int more = 0) =>
        Handmade.Element(0x02, ((BigInteger.One << (bits - 1)) + (bits > 1 ? 1 : 0) + more).ToByteArray(isBigEndian: true));
}
