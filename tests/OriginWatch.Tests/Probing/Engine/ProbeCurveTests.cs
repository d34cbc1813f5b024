using System.Security.Cryptography;
using Org.BouncyCastle.Tls;
using OriginWatch.Probing.Engine;

namespace OriginWatch.Tests.Probing.Engine;

/// <summary>A short key of our own on the curves of the servers, against the platform's arithmetic.</summary>
public class ProbeCurveTests
{
    private const byte Uncompressed = 4;
    private readonly ProbeCrypto _crypto = new();

    [Theory]
    [InlineData(NamedGroup.secp256r1, "nistP256")]
    [InlineData(NamedGroup.secp384r1, "nistP384")]
    public void A_server_comes_to_the_same_secret(int group, string curve)
    {
        using var server = ECDiffieHellman.Create(ECCurve.CreateFromFriendlyName(curve));
        var agreement = _crypto.CreateECDomain(new(group)).CreateECDH();
        using var own = ECDiffieHellman.Create(
            new ECParameters { Curve = ECCurve.CreateFromFriendlyName(curve), Q = Point(agreement.GenerateEphemeral()) }
        );
        agreement.ReceivePeerValue(Encoded(server));
        using var share = own.PublicKey;
        agreement.CalculateSecret().Extract().ShouldBe(server.DeriveRawSecretAgreement(share));
    }

    [Fact]
    public void The_connections_of_a_prober_show_one_share_and_no_other_prober_shows_it()
    {
        byte[] Share(ProbeCrypto crypto) => crypto.CreateECDomain(new(NamedGroup.secp256r1)).CreateECDH().GenerateEphemeral();
        Share(_crypto).ShouldBe(Share(_crypto));
        Share(new()).ShouldNotBe(Share(_crypto));
    }

    [Theory]
    [InlineData("empty", "not an uncompressed point")]
    [InlineData("infinity", "not an uncompressed point")]
    [InlineData("compressed", "not an uncompressed point")]
    [InlineData("hybrid", "not an uncompressed point")]
    [InlineData("one byte more", "not an uncompressed point")]
    [InlineData("beside the curve", "not a point of the curve")]
    [InlineData("beyond the field", "not a point of the curve")]
    public void What_is_no_point_in_the_allowed_form_is_refused(string kind, string because)
    {
        using var server = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = Encoded(server);
        byte[] share = kind switch
        {
            "empty" => [],
            "infinity" => [0],
            "compressed" => [(byte)(2 + (point[^1] & 1)), .. point[1..33]],
            "hybrid" => [(byte)(6 + (point[^1] & 1)), .. point[1..]],
            "one byte more" => [.. point, 0],
            "beside the curve" => [.. point[..^1], (byte)(point[^1] ^ 1)],
            _ => [Uncompressed, .. Enumerable.Repeat((byte)0xff, 64)],
        };
        var agreement = _crypto.CreateECDomain(new(NamedGroup.secp256r1)).CreateECDH();
        agreement.GenerateEphemeral();
        var alert = Should.Throw<TlsFatalAlert>(() => agreement.ReceivePeerValue(share));
        alert.AlertDescription.ShouldBe(AlertDescription.illegal_parameter);
        alert.Message.ShouldContain(because);
    }

    private static byte[] Encoded(ECDiffieHellman key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [Uncompressed, .. point.X!, .. point.Y!];
    }

    private static ECPoint Point(byte[] share) => new() { X = share[1..(1 + (share.Length / 2))], Y = share[(1 + (share.Length / 2))..] };
}
