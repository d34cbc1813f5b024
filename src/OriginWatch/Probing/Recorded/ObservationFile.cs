using System.Text.Json;
using OriginWatch.Targets;
using OriginWatch.Targets.Shards;
using OriginWatch.Text;
using OriginWatch.Tls;

namespace OriginWatch.Probing.Recorded;

/// <summary>What was seen of a shard's targets as a file, and back with suspicion: the step that wrote it has parsed whatever servers
/// sent.</summary>
public static class ObservationFile
{
    public const string FormatName = "originwatch-observations";
    public const int CurrentSchema = 1;

    /// <summary>Twice what <see cref="Sharding.MostTargets"/> targets with a certificate of their own each come to.</summary>
    public const int MaxBytes = 192 * 1024 * 1024;

    private static readonly VersionedFile Kind = new("The file of observations", FormatName, CurrentSchema, MaxBytes);

    /// <summary>The most that certificates may take of it, before base64 makes four bytes of three.</summary>
    private const long MostCertificateBytes = MaxBytes / 2;

    /// <summary>Looks kept of a target: the first and its retry.</summary>
    private const int MostLooks = 2;

    private const int MostAttempts = 4 * ProbeLimits.MaxAddressesPerName;

    /// <summary>Targets whose certificates leave no room for others come last, and are left out: they then count as not reached.</summary>
    public static ReadOnlyMemory<byte> Write(IReadOnlyList<ProbeRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        var certificates = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var (written, bytes) = (new List<RecordDocument>(records.Count), 0L);
        foreach (var record in records.OrderBy(CertificateBytes).ThenBy(record => record.Target.DomainAndPort, StringComparer.Ordinal))
        {
            bytes += AttemptDocuments
                .Chains(record)
                .Where(certificate => certificates.TryAdd(AttemptDocuments.KeyOf(certificate), certificate.ToArray()))
                .Sum(certificate => (long)certificate.Length);
            if (bytes > MostCertificateBytes)
            {
                break;
            }

            written.Add(Document(record));
        }

        var document = new ObservationDocument
        {
            Format = FormatName,
            Schema = CurrentSchema,
            Targets = written,
            Certificates = certificates,
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, ObservationContext.Default.ObservationDocument);
    }

    /// <exception cref="OperatorException">It is none, of a newer version, or not understood; the message says what to do.</exception>
    public static IReadOnlyList<ProbeRecord> Read(ReadOnlyMemory<byte> content) => Kind.Read(content, Parse);

    private static IReadOnlyList<ProbeRecord> Parse(ReadOnlyMemory<byte> content)
    {
        var document =
            JsonSerializer.Deserialize(content.Span, ObservationContext.Default.ObservationDocument) ?? throw new JsonException();
        return document.Certificates.All(certificate => certificate.Key == AttemptDocuments.KeyOf(certificate.Value))
            ? [.. document.Targets.Select(target => Record(target, document.Certificates))]
            : throw new FormatException();
    }

    private static long CertificateBytes(ProbeRecord record) =>
        AttemptDocuments.Chains(record).Sum(certificate => (long)certificate.Length);

    private static RecordDocument Document(ProbeRecord record) =>
        new()
        {
            Target = TargetDocument.Of(record.Target),
            Looks =
            [
                .. record
                    .Looks.Take(MostLooks)
                    .Select(look => new LookDocument
                    {
                        AddressesFound = look.AddressesFound,
                        Attempts = [.. look.Attempts.Select(AttemptDocuments.Of)],
                    }),
            ],
            VersionsAccepted = record.Versions?.Accepted.Select(protocol => protocol.CloudFrontName()).ToList(),
            VersionsRefused = record.Versions?.Refused.Select(protocol => protocol.CloudFrontName()).ToList(),
        };

    private static ProbeRecord Record(RecordDocument document, IReadOnlyDictionary<string, byte[]> certificates)
    {
        var target = document.Target.Read();
        return new(target, [.. document.Looks.Take(MostLooks).Select(look => Look(target, look, certificates))])
        {
            Versions = document is { VersionsAccepted: { } accepted, VersionsRefused: { } refused }
                ? new(AttemptDocuments.Protocols(accepted), AttemptDocuments.Protocols(refused))
                : null,
        };
    }

    private static TargetOutcome Look(ConnectTarget target, LookDocument look, IReadOnlyDictionary<string, byte[]> certificates) =>
        look.Attempts.Count is 0 or > MostAttempts
            ? throw new FormatException()
            : new(target, [.. look.Attempts.Select(attempt => AttemptDocuments.Read(attempt, certificates))])
            {
                AddressesFound = look.AddressesFound,
            };
}
