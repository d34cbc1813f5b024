using System.Text;
using System.Text.Json;
using OriginWatch.Probing;
using OriginWatch.Probing.Engine;
using OriginWatch.Tls;

namespace OriginWatch.Tests.Probing;

/// <summary>The hello holds what the profile says, in its order, and nothing else.</summary>
public class ClientHelloTests
{
    private const int RenegotiationInfoScsv = 0x00ff;
    private static readonly ProtocolSet Tls12And13 = new(TlsProtocol.Tls12, TlsProtocol.Tls13);

    [Fact]
    public void The_newer_hello_is_the_newer_profile()
    {
        var hello = Hello(Tls12And13, ClientProfile.Newer);

        hello.Suites.ShouldBe([.. ClientProfile.Newer.CipherSuites, RenegotiationInfoScsv]);
        Numbers(hello.Extensions[10]).ShouldBe(ClientProfile.Newer.NamedGroups);
        Numbers(hello.Extensions[13]).ShouldBe(ClientProfile.Newer.SignatureSchemes);
        hello.Extensions[43].ShouldBe([4, 3, 4, 3, 3]);
    }

    [Fact]
    public void The_documented_hello_is_AWSs_page()
    {
        var hello = Hello(new(TlsProtocol.Tls12), ClientProfile.Documented);

        hello.Suites.ShouldBe([.. ClientProfile.Documented.CipherSuites, RenegotiationInfoScsv]);
        hello.Suites.Count.ShouldBe(17);
        Numbers(hello.Extensions[10]).ShouldBe([0x17, 0x18, 0x1d]);
        Numbers(hello.Extensions[13]).ShouldBe(ClientProfile.Documented.SignatureSchemes);
    }

    [Fact]
    public void There_is_no_ALPN_no_ticket_and_no_encrypt_then_MAC() =>
        Hello(Tls12And13, ClientProfile.Newer).Extensions.Keys.Order().ShouldBe([0, 5, 10, 11, 13, 23, 43, 51]);

    [Fact]
    public void One_key_share_for_the_first_group() =>
        Hello(Tls12And13, ClientProfile.Newer).Extensions[51].AsSpan(2, 2).ToArray().ShouldBe([0, 0x17]);

    [Fact]
    public void The_server_name_is_sent_in_clear() =>
        Encoding.ASCII.GetString(Hello(Tls12And13, ClientProfile.Newer).Extensions[0].AsSpan(5)).ShouldBe("origin.example.test");

    [Fact]
    public void No_server_name_for_an_address_literal() =>
        Hello(Tls12And13, ClientProfile.Newer, name: null).Extensions.ContainsKey(0).ShouldBeFalse();

    [Fact]
    public void An_SSLv3_hello_has_no_extensions_and_no_newer_suites()
    {
        var hello = Hello(new(TlsProtocol.Ssl3), ClientProfile.Newer);

        hello.Version.ShouldBe(0x0300);
        hello.Suites.ShouldBe([0x002f, 0x0035, 0x000a, 0x0004, RenegotiationInfoScsv]);
        hello.Extensions.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("SSLv3,TLSv1.2", "SSLv3|TLSv1.2")]
    [InlineData("SSLv3", "SSLv3")]
    [InlineData("TLSv1,TLSv1.2,TLSv1.3", "TLSv1, TLSv1.2, TLSv1.3")]
    public void SSLv3_has_a_hello_of_its_own(string versions, string hellos) =>
        ClientProfile
            .Newer.Hellos(new(versions.Split(',').Select(name => TlsProtocols.Parse(name)!.Value)))
            .Select(hello => hello.ToString())
            .ShouldBe(hellos.Split('|'));

    [Fact]
    public void The_documented_profile_has_no_TLS_13() =>
        ClientProfile.Documented.Hellos(Tls12And13).ShouldHaveSingleItem().ShouldBe(new(TlsProtocol.Tls12));

    [Fact]
    public void Each_list_of_the_profile_file_names_its_source_and_its_numbers_rightly()
    {
        using var stream = typeof(ClientProfile).Assembly.GetManifestResourceStream("cloudfront-client-profile.json")!;
        using var file = JsonDocument.Parse(stream);

        foreach (var section in new[] { file.RootElement.GetProperty("documented"), file.RootElement.GetProperty("newer") })
        {
            foreach (var list in new[] { "protocols", "cipherSuites", "namedGroups", "signatureSchemes" })
            {
                section.GetProperty(list).GetProperty("source").GetString()!.ShouldStartWith("https://");
                Items(section, list).Select(item => item.Number).ShouldBeUnique();
            }

            Items(section, "cipherSuites").ShouldAllBe(item => TlsNames.CipherSuite(item.Number) == item.Name);
            Items(section, "namedGroups").ShouldAllBe(item => TlsNames.NamedGroup(item.Number) == item.Name);
            Items(section, "signatureSchemes").ShouldAllBe(item => TlsNames.SignatureScheme(item.Number) == item.Name);
        }
    }

    private static IEnumerable<(int Number, string? Name)> Items(JsonElement section, string list) =>
        section
            .GetProperty(list)
            .GetProperty("items")
            .EnumerateArray()
            .Select(item => (Convert.ToInt32(item.GetProperty("number").GetString(), 16), item.GetProperty("name").GetString()));

    private static ParsedHello Hello(ProtocolSet protocols, ClientProfile profile, string? name = "origin.example.test")
    {
        var buffer = new byte[4096];
        var count = new TlsHandshake(new(protocols, profile, protocols is [TlsProtocol.Ssl3] ? null : name), new ProbeCrypto()).Read(
            buffer
        );
        var reader = new MessageReader(buffer.AsSpan(9, count - 9)); // after the headers of record and message
        reader.TryUInt16(out var version);
        reader.TrySkip(32);
        reader.TryOpaque(1, out _);
        reader.TryOpaque(2, out var suites);
        reader.TryOpaque(1, out _);
        var extensions = new Dictionary<int, byte[]>();
        if (reader.TryOpaque(2, out var list))
        {
            var entries = new MessageReader(list);
            while (entries.TryUInt16(out var type) && entries.TryOpaque(2, out var data))
            {
                extensions.Add(type, data.ToArray());
            }
        }

        return new(version, Numbers([0, 0, .. suites]), extensions);
    }

    /// <summary>Two-byte numbers behind a two-byte length.</summary>
    private static List<int> Numbers(byte[] data) => [.. data.Skip(2).Chunk(2).Select(pair => (pair[0] << 8) | pair[1])];

    private sealed record ParsedHello(int Version, List<int> Suites, Dictionary<int, byte[]> Extensions);
}
