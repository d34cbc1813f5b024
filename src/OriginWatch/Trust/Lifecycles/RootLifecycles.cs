using System.Globalization;
using System.Text.Json;

namespace OriginWatch.Trust.Lifecycles;

/// <summary>When a root loses the websites bit by age.</summary>
/// <param name="Sha256">Of the root.</param>
/// <param name="Label">Its name in Mozilla's list.</param>
/// <param name="KeyCreated">From which the day follows.</param>
/// <param name="Removal">The first day without the bit; null where Mozilla chose another way for this root.</param>
internal sealed record RootLifecycle(string Sha256, string Label, DateOnly KeyCreated, DateOnly? Removal);

/// <summary>
/// Mozilla's Root Store Policy, section 7.4, applied to the roots that are shipped (mozilla-lifecycles.json, made by .github/maintenance/lifecycles.py):
/// a root whose key is older than 15 years is no longer trusted for websites.
/// </summary>
internal sealed class RootLifecycles
{
    public const string FileName = "mozilla-lifecycles.json";
    private static readonly Lazy<RootLifecycles> Embedded = new(() => Read(MozillaRoots.Read(FileName)));
    private readonly Dictionary<string, RootLifecycle> _bySha256;

    private RootLifecycles(string rootsSha256, IReadOnlyList<RootLifecycle> roots)
        => (RootsSha256, _bySha256) = (rootsSha256, roots.ToDictionary(root => root.Sha256, StringComparer.Ordinal));

    public static RootLifecycles Shipped => Embedded.Value;

    /// <summary>Of the mozilla-roots.json that the file was made from.</summary>
    public string RootsSha256 { get; }

    public IReadOnlyCollection<RootLifecycle> Roots => _bySha256.Values;

    public RootLifecycle? Find(string sha256) => _bySha256.GetValueOrDefault(sha256);

    /// <exception cref="TrustStoreException">It is not such a file.</exception>
    public static RootLifecycles Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return new(root.GetProperty("rootsSha256").GetString()!, [.. root.GetProperty("roots").EnumerateArray().Select(Read)]);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw MozillaRoots.Damaged($"{FileName} cannot be read ({exception.Message})");
        }
    }

    /// <summary>Both files must speak of the same roots: a date that is missing would be an outage that nobody forecasts.</summary>
    /// <exception cref="TrustStoreException">They do not.</exception>
    public void CheckAgainst(string rootsSha256, IReadOnlyList<TrustAnchor> anchors)
    {
        if (RootsSha256 != rootsSha256)
        {
            throw MozillaRoots.Damaged($"{FileName} was made from another mozilla-roots.json");
        }

        foreach (var anchor in anchors)
        {
            if (Find(anchor.Sha256) is not { } lifecycle)
            {
                throw MozillaRoots.Damaged($"{anchor.Label} is not in {FileName}");
            }

            if (lifecycle.Removal is { } removal && removal <= DateOnly.FromDateTime(anchor.Certificate.NotBefore.UtcDateTime))
            {
                throw MozillaRoots.Damaged(string.Create(CultureInfo.InvariantCulture, $"{FileName} removes {anchor.Label} on {removal:yyyy-MM-dd}, before the root was made"));
            }
        }

        if (_bySha256.Count != anchors.Count)
        {
            var known = anchors.Select(anchor => anchor.Sha256).ToHashSet(StringComparer.Ordinal);
            throw MozillaRoots.Damaged($"{Roots.First(root => !known.Contains(root.Sha256)).Label} of {FileName} is not among the roots");
        }
    }

    private static RootLifecycle Read(JsonElement entry)
    {
        var removal = entry.GetProperty("removal").GetString();
        return new(
            entry.GetProperty("sha256").GetString()!,
            entry.GetProperty("label").GetString()!,
            Day(entry.GetProperty("keyCreated").GetString()!),
            removal is null ? null : Day(removal));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
