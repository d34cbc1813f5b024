using System.Globalization;
using System.Text.Json;
using OriginWatch.Text;

namespace OriginWatch.Trust.Lifecycles;

/// <summary>When a root loses the websites bit by age.</summary>
/// <param name="Sha256">Of the root.</param>
/// <param name="Label">Its name in Mozilla's list.</param>
/// <param name="KeyCreated">From which the day follows.</param>
/// <param name="Removal">The first day without the bit; null where Mozilla chose another way for this root.</param>
internal sealed record RootLifecycle(string Sha256, string Label, DateOnly KeyCreated, DateOnly? Removal);

/// <summary>
/// Mozilla's Root Store Policy, section 7.4, applied to the roots that are shipped (mozilla-lifecycles.json, made by
/// .github/maintenance/lifecycles.py):
/// a root whose key is older than 15 years is no longer trusted for websites.
/// </summary>
internal sealed class RootLifecycles
{
    public const string FileName = "mozilla-lifecycles.json";
    private static readonly Lazy<RootLifecycles> Embedded = new(() => Read(MozillaRoots.Read(FileName)));
    private readonly Dictionary<string, RootLifecycle> _bySha256;

    private RootLifecycles(string rootsSha256, IReadOnlyList<RootLifecycle> roots) =>
        (RootsSha256, _bySha256) = (rootsSha256, roots.ToDictionary(root => root.Sha256, StringComparer.Ordinal));

    public static RootLifecycles Shipped => Embedded.Value;

    /// <summary>Of the mozilla-roots.json that the file was made from.</summary>
    public string RootsSha256 { get; }

    public IReadOnlyCollection<RootLifecycle> Roots => _bySha256.Values;

    public RootLifecycle? Find(string sha256) => _bySha256.GetValueOrDefault(sha256);

    /// <exception cref="OperatorException">It is not such a file.</exception>
    public static RootLifecycles Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return new(root.GetProperty("rootsSha256").GetString()!, [.. root.GetProperty("roots").EnumerateArray().Select(Read)]);
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw MozillaRoots.Damaged($"{FileName} cannot be read ({exception.Message})");
        }
    }

    private static RootLifecycle Read(JsonElement entry)
    {
        var removal = entry.GetProperty("removal").GetString();
        return new(
            entry.GetProperty("sha256").GetString()!,
            entry.GetProperty("label").GetString()!,
            Day(entry.GetProperty("keyCreated").GetString()!),
            removal is null ? null : Day(removal)
        );
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
