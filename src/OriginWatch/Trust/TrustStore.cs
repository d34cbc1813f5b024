using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Security.Cryptography;
using OriginWatch.Text;
using OriginWatch.Trust.Lifecycles;
using OriginWatch.Trust.X509;

namespace OriginWatch.Trust;

/// <summary>A root that paths may end at.</summary>
public sealed record TrustAnchor
{
    internal TrustAnchor(ParsedCertificate certificate) => Certificate = certificate;

    /// <summary>Its name in the list that it comes from.</summary>
    public required string Label { get; init; }

    /// <summary>Leaves whose notBefore is later are not trusted under it (NSS: CKA_NSS_SERVER_DISTRUST_AFTER).</summary>
    public DateTimeOffset? DistrustAfter { get; init; }

    /// <summary>The first day on which Mozilla does not trust it for websites, by its age; null where nothing is known.</summary>
    public DateOnly? Removal { get; init; }

    /// <summary>The only domain that it may certify; null for all.</summary>
    public string? PermittedDomain { get; init; }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Sha256 => Certificate.Sha256;

    public string Subject => Certificate.Subject.Text;
    public DateTimeOffset NotAfter => Certificate.NotAfter;
    internal ParsedCertificate Certificate { get; }
}

/// <summary>The roots that are trusted, and nothing else: never the operating system's.</summary>
public sealed class TrustStore
{
    /// <summary>Roots older than this many days are a finding of their own.</summary>
    public const int StaleAfterDays = 365;

    private const string CertificateLabel = "CERTIFICATE";
    private readonly ILookup<string, TrustAnchor> _bySubject;
    private readonly Dictionary<string, TrustAnchor> _bySha256;
    private readonly ConcurrentDictionary<DateOnly, TrustStore> _staying = new();

    internal TrustStore(IReadOnlyList<TrustAnchor> anchors, string source, DateOnly? date)
    {
        (Anchors, Source, Date) = (anchors, source, date);
        _bySubject = anchors.ToLookup(anchor => anchor.Certificate.Subject.Key, StringComparer.Ordinal);
        _bySha256 = anchors
            .DistinctBy(anchor => anchor.Sha256, StringComparer.Ordinal)
            .ToDictionary(anchor => anchor.Sha256, StringComparer.Ordinal);
    }

    public IReadOnlyList<TrustAnchor> Anchors { get; }

    /// <summary>When the list was published; null where its source does not say.</summary>
    public DateOnly? Date { get; }

    public string Source { get; }

    public int Count => Anchors.Count;

    /// <summary>Mozilla's roots as they are shipped.</summary>
    public static TrustStore LoadMozilla() => MozillaRoots.Store;

    /// <summary>Reads the certificates of a PEM file; whatever stands between them is ignored.</summary>
    /// <param name="pem">The file.</param>
    /// <param name="source">What it is called where roots are spoken of.</param>
    /// <param name="date">Of the list, where somebody knows it.</param>
    /// <exception cref="OperatorException">It holds no certificate, or one that cannot be read.</exception>
    public static TrustStore FromPem(string pem, string source, DateOnly? date = null)
    {
        var anchors = new List<TrustAnchor>();
        var blocks = PemBlocks.Read(pem);
        foreach (var der in blocks.Select(block => block.Content).OfType<byte[]>())
        {
            anchors.Add(ReadAnchor(der, anchors.Count + 1, source));
        }

        var lost = blocks.Where(PemBlocks.IsLost).ToList();
        return lost.Count > 0
                ? throw new OperatorException(
                    $"{source} is damaged: of the certificates that begin in it, {lost.Count + anchors.Count} in all, "
                        + $"{anchors.Count} can be read: replace it (line {lost[0].Line}: {lost[0].Problem})"
                )
            : anchors.Count > 0 ? new(anchors, source, date)
            : throw new OperatorException(
                $"{source} holds no certificate: give a PEM file with at least one block of BEGIN {CertificateLabel} "
                    + $"and END {CertificateLabel}"
            );
    }

    /// <summary>Whole days since <see cref="Date"/>; null where there is none.</summary>
    public int? AgeInDays(DateTimeOffset now) =>
        Date is { } date ? DateOnly.FromDateTime(now.UtcDateTime).DayNumber - date.DayNumber : null;

    public bool IsStale(DateTimeOffset now) => AgeInDays(now) > StaleAfterDays;

    /// <summary>True where the certificate itself is one of the roots.</summary>
    public bool Holds(ServedCertificate certificate) => _bySha256.ContainsKey(certificate.Sha256);

    internal IEnumerable<TrustAnchor> WithSubject(DistinguishedName subject) => _bySubject[subject.Key];

    internal TrustAnchor? Find(ParsedCertificate certificate) => Find(certificate.Sha256);

    internal TrustAnchor? Find(string sha256) => _bySha256.GetValueOrDefault(sha256);

    /// <summary>The roots that are still trusted after a day on which others leave.</summary>
    internal TrustStore StayingAfter(DateOnly day) =>
        _staying.GetOrAdd(
            day,
            static (last, all) =>
                new([.. all.Anchors.Where(anchor => anchor.Removal is not { } removal || removal > last)], all.Source, all.Date),
            this
        );

    private static TrustAnchor ReadAnchor(byte[] der, int number, string source)
    {
        try
        {
            var certificate = CertificateParser.Parse(der);
            var known = RootLifecycles.Shipped.Find(certificate.Sha256);
            return new(certificate) { Label = known?.Label ?? certificate.Subject.Text, Removal = known?.Removal };
        }
        catch (Exception exception) when (exception is AsnContentException or CryptographicException)
        {
            throw new OperatorException(
                $"certificate {number} of {source} cannot be read ({exception.Message}): replace it or take it out",
                exception
            );
        }
    }
}
