using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using OriginWatch.Text;
using OriginWatch.Trust.Lifecycles;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust;

/// <summary>Mozilla's roots as they are shipped with the program. That the files are those of PROVENANCE.md and fit each other is for a
/// test to see, not for every start.</summary>
internal static class MozillaRoots
{
    private const string Pem = "mozilla-roots.pem";
    private const string Json = "mozilla-roots.json";

    /// <summary>NSS keeps this root to names under .tr in its code; no list says so.</summary>
    private const string TubitakSha256 = "46edc3689046d53a453fb3104ab80dcaec658b2660ea1629dd7e867990648716";

    private static readonly Lazy<TrustStore> Shipped = new(Load);

    public static TrustStore Store => Shipped.Value;

    private static TrustStore Load()
    {
        using var document = JsonDocument.Parse(Read(Json));
        var root = document.RootElement;
        var labels = root.GetProperty("roots")
            .EnumerateArray()
            .ToDictionary(entry => entry.GetProperty("sha256").GetString()!, StringComparer.Ordinal);
        var anchors = PemCertificates.Read(Encoding.UTF8.GetString(Read(Pem))).Select(der => ReadAnchor(der, labels)).ToList();
        var date = DateOnly.ParseExact(root.GetProperty("sourceDate").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new(anchors, $"Mozilla's roots, NSS builtins {root.GetProperty("builtinsVersion").GetString()}", date);
    }

    private static TrustAnchor ReadAnchor(byte[] der, Dictionary<string, JsonElement> labels)
    {
        var certificate = CertificateParser.Parse(der);
        var entry = labels[certificate.Sha256];
        var distrustAfter = entry.GetProperty("serverDistrustAfter");
        return new(certificate)
        {
            Label = entry.GetProperty("label").GetString()!,
            DistrustAfter = distrustAfter.ValueKind == JsonValueKind.String ? distrustAfter.GetDateTimeOffset() : null,
            PermittedDomain = certificate.Sha256 == TubitakSha256 ? "tr" : null,
            Removal = RootLifecycles.Shipped.Find(certificate.Sha256)?.Removal,
        };
    }

    internal static byte[] Read(string name)
    {
        using var stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw Damaged($"{name} is not in the program");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    internal static OperatorException Damaged(string what) =>
        new($"Mozilla's roots in this program are damaged: {what}. Install the program again, or name a roots file of your own.");
}
