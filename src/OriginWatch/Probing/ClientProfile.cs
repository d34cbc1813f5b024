using System.Globalization;
using System.Text.Json;
using OriginWatch.Tls;

namespace OriginWatch.Probing;

/// <summary>
/// What CloudFront offers an origin, in order of preference, read from <c>cloudfront-client-profile.json</c>,
/// where every list names the page it comes from.
/// </summary>
public sealed record ClientProfile
{
    private const string ResourceName = "cloudfront-client-profile.json";

    private static readonly (ClientProfile Documented, ClientProfile Newer) Both = Load();

    private ClientProfile(string name, DateOnly compiled, JsonElement section)
    {
        Name = name;
        Compiled = compiled;
        Protocols = new(Numbers(section, "protocols").Select(number => (TlsProtocol)number));
        CipherSuites = Numbers(section, "cipherSuites");
        NamedGroups = Numbers(section, "namedGroups");
        SignatureSchemes = Numbers(section, "signatureSchemes");
    }

    /// <summary>AWS's own list of ciphers and protocols towards origins.</summary>
    public static ClientProfile Documented => Both.Documented;

    /// <summary>TLS 1.3, RSA-PSS and static RSA with GCM as well, so that nothing is called broken that may well work.</summary>
    public static ClientProfile Newer => Both.Newer;

    public string Name { get; }

    /// <summary>The day on which the sources were read.</summary>
    public DateOnly Compiled { get; }

    public ProtocolSet Protocols { get; }

    /// <summary>IANA numbers.</summary>
    public IReadOnlyList<int> CipherSuites { get; internal init; }

    public IReadOnlyList<int> NamedGroups { get; }
    public IReadOnlyList<int> SignatureSchemes { get; }

    /// <summary>
    /// The hellos that CloudFront sends for a set of versions. SSLv3 stands alone because AWS documents that its presence makes
    /// CloudFront send SSLv3 hellos only, and servers that do not know it must be told apart from those that know nothing else.
    /// Versions that the profile does not have are left out.
    /// </summary>
    public IReadOnlyList<ProtocolSet> Hellos(ProtocolSet versions)
    {
        ArgumentNullException.ThrowIfNull(versions);
        var known = versions.Where(Protocols.Contains).ToList();
        ProtocolSet[] hellos =
        [
            new(known.Where(protocol => protocol == TlsProtocol.Ssl3)),
            new(known.Where(protocol => protocol != TlsProtocol.Ssl3)),
        ];
        return hellos.Where(hello => hello.Count > 0).DefaultIfEmpty(Protocols).ToList();
    }

    /// <summary>What of a handshake stands in the newer profile only, in words; null when the documented one would have offered it
    /// too.</summary>
    public static string? NewerOnly(ServerFlight flight)
    {
        ArgumentNullException.ThrowIfNull(flight);
        return flight switch
        {
            { Protocol: TlsProtocol.Tls13 } => "TLS 1.3",
            { CipherSuite: { } suite } when !Documented.CipherSuites.Contains(suite) => $"the cipher suite {TlsNames.CipherSuite(suite)}",
            { SignatureScheme: { } scheme } when !Documented.SignatureSchemes.Contains(scheme) =>
                $"the signature scheme {TlsNames.SignatureScheme(scheme)}",
            _ => null,
        };
    }

    private static (ClientProfile Documented, ClientProfile Newer) Load()
    {
        using var stream =
            typeof(ClientProfile).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"the resource {ResourceName} is missing");
        using var file = JsonDocument.Parse(stream);
        var root = file.RootElement;
        var compiled = DateOnly.ParseExact(root.GetProperty("compiled").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return (new("documented", compiled, root.GetProperty("documented")), new("newer", compiled, root.GetProperty("newer")));
    }

    /// <summary>The IANA numbers of a list, which the file writes as <c>0x</c> and four hexadecimal digits, in its order.</summary>
    private static int[] Numbers(JsonElement section, string list)
    {
        var items = section.GetProperty(list).GetProperty("items");
        var numbers = new int[items.GetArrayLength()];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = int.Parse(
                items[i].GetProperty("number").GetString().AsSpan(2),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture
            );
        }

        return numbers;
    }
}
