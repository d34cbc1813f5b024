using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OriginWatch.Trust.Lifecycles;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust;

/// <summary>Mozilla's roots as they are shipped with the program, checked against their provenance.</summary>
internal static partial class MozillaRoots
{
    private const string Pem = "mozilla-roots.pem";
    private const string Json = "mozilla-roots.json";
    private const string Provenance = "mozilla-roots-provenance.md";

    /// <summary>NSS keeps this root to names under .tr in its code; no list says so.</summary>
    private const string TubitakSha256 = "46edc3689046d53a453fb3104ab80dcaec658b2660ea1629dd7e867990648716";

    public static TrustStore Load() => Load(Read(Pem), Read(Json), Read(RootLifecycles.FileName), Read(Provenance));

    public static TrustStore Load(byte[] pem, byte[] json, byte[] lifecycles, byte[] provenance)
    {
        var record = Encoding.UTF8.GetString(provenance);
        CheckHash(Pem, pem, record);
        CheckHash(Json, json, record);
        CheckHash(RootLifecycles.FileName, lifecycles, record);
        var removals = RootLifecycles.Read(lifecycles);
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var labels = root.GetProperty("roots").EnumerateArray().ToDictionary(entry => entry.GetProperty("sha256").GetString()!, StringComparer.Ordinal);
        var anchors = PemCertificates.Read(Encoding.UTF8.GetString(pem)).Select(der => ReadAnchor(der, labels, removals)).ToList();
        CheckCount(anchors.Count, root.GetProperty("serverTrusted").GetInt32(), record);
        removals.CheckAgainst(Convert.ToHexStringLower(SHA256.HashData(json)), anchors);
        var date = DateOnly.ParseExact(root.GetProperty("sourceDate").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new(anchors, $"Mozilla's roots, NSS builtins {root.GetProperty("builtinsVersion").GetString()}", date);
    }

    private static TrustAnchor ReadAnchor(byte[] der, Dictionary<string, JsonElement> labels, RootLifecycles removals)
    {
        var certificate = CertificateParser.Parse(der);
        if (!labels.TryGetValue(certificate.Sha256, out var entry))
        {
            throw Damaged($"a certificate of {Pem} is not in {Json}");
        }

        var distrustAfter = entry.GetProperty("serverDistrustAfter");
        return new(certificate)
        {
            Label = entry.GetProperty("label").GetString()!,
            DistrustAfter = distrustAfter.ValueKind == JsonValueKind.String ? distrustAfter.GetDateTimeOffset() : null,
            PermittedDomain = certificate.Sha256 == TubitakSha256 ? "tr" : null,
            Removal = removals.Find(certificate.Sha256)?.Removal,
        };
    }

    private static void CheckHash(string name, byte[] content, string record)
    {
        var recorded = HashLine().Matches(record).FirstOrDefault(match => match.Groups["name"].Value == name)?.Groups["hash"].Value;
        if (recorded != Convert.ToHexStringLower(SHA256.HashData(content)))
        {
            throw Damaged($"the SHA-256 of {name} is not the one in its provenance");
        }
    }

    private static void CheckCount(int count, int listed, string record)
    {
        var recorded = CountLine().Match(record).Groups["count"].Value;
        if (count != listed || recorded != count.ToString(CultureInfo.InvariantCulture))
        {
            throw Damaged($"{Pem} holds {count} roots, its list {listed} and its provenance {recorded}");
        }
    }

    internal static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw Damaged($"{name} is not in the program");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    internal static TrustStoreException Damaged(string what)
        => new($"Mozilla's roots in this program are damaged: {what}. Install the program again, or name a roots file of your own.");

    [GeneratedRegex(@"sha256 of `(?<name>[^`]+)`: (?<hash>[0-9a-f]{64})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HashLine();

    [GeneratedRegex(@"for TLS servers: (?<count>\d+) of \d+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CountLine();
}
