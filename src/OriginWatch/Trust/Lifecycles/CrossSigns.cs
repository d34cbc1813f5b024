using System.Globalization;
using System.Text.Json;
using OriginWatch.Text;

namespace OriginWatch.Trust.Lifecycles;

/// <summary>A certificate that a public CA publishes: a root's name and key, signed by a root of Mozilla's list.</summary>
/// <param name="Subject">RFC 4514 text.</param>
/// <param name="KeyId">The subject key identifier, lower-case hexadecimal.</param>
/// <param name="Issuer">The label of the root that signed it.</param>
/// <param name="IssuerSha256">Of that root.</param>
/// <param name="Sha256">Of the cross-signed certificate.</param>
/// <param name="NotAfter">Its last day.</param>
/// <param name="Address">Where the CA publishes it; null where no stable address is known.</param>
/// <param name="Otherwise">What else ends the fault, as a clause that starts with a verb; null where nothing is known.</param>
/// <param name="Source">The page that it is from.</param>
public sealed record CrossSign(
    string Subject,
    string KeyId,
    string Issuer,
    string IssuerSha256,
    string Sha256,
    DateOnly NotAfter,
    string? Address,
    string? Otherwise,
    string Source
)
{
    private const int HashDigits = 16;

    /// <summary>The common name, which people know the root by.</summary>
    public string Root => Subject.Split(',')[0].Replace("CN=", "", StringComparison.Ordinal);

    /// <summary>For a sentence.</summary>
    public string Name => $"{Root} as signed by {Issuer} (SHA-256 {Sha256[..HashDigits]}…, {Address ?? Source})";
}

/// <summary>The published cross-signs (cross-signs.json), each with its source.</summary>
internal sealed class CrossSigns
{
    public const string FileName = "cross-signs.json";
    private static readonly Lazy<CrossSigns> Embedded = new(() => Read(MozillaRoots.Read(FileName)));

    public CrossSigns(IReadOnlyList<CrossSign> entries) => Entries = entries;

    public static CrossSigns Shipped => Embedded.Value;

    public IReadOnlyList<CrossSign> Entries { get; }

    /// <summary>Null where none is known, and where the root that signed it is not among those trusted: an entry older than the roots must
    /// not send anybody in circles.</summary>
    public CrossSign? Find(string subject, string? keyId, TrustStore store) =>
        Entries.FirstOrDefault(entry => entry.KeyId == keyId && entry.Subject == subject && store.Find(entry.IssuerSha256) is not null);

    /// <exception cref="OperatorException">It is not such a file.</exception>
    public static CrossSigns Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return new([.. document.RootElement.GetProperty("crossSigns").EnumerateArray().Select(Read)]);
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw MozillaRoots.Damaged($"{FileName} cannot be read ({exception.Message})");
        }
    }

    private static CrossSign Read(JsonElement entry) =>
        new(
            Text(entry, "subject"),
            Text(entry, "keyId"),
            Text(entry, "issuer"),
            Text(entry, "issuerSha256"),
            Text(entry, "sha256") is { Length: 64 } sha256 ? sha256 : throw new FormatException("a SHA-256 has not 64 digits"),
            DateOnly.ParseExact(Text(entry, "notAfter"), "yyyy-MM-dd", CultureInfo.InvariantCulture),
            entry.GetProperty("address").GetString(),
            entry.GetProperty("otherwise").GetString(),
            Text(entry, "source")
        );

    private static string Text(JsonElement entry, string name) =>
        entry.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");
}
