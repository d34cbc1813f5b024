using System.Globalization;
using System.Text;
using Amazon.S3;
using OriginWatch.Audit;
using OriginWatch.History;
using OriginWatch.Mail;
using OriginWatch.Reporting;
using OriginWatch.Text;
using OriginWatch.Trust;

namespace OriginWatch.Aws.History;

/// <summary>The history of the function: the recorder on a bucket, or on nothing, with the mail and the reports that are saved beside
/// it.</summary>
internal sealed class RunHistory : IDisposable
{
    private readonly IRunStore _store;
    private readonly AmazonS3Client? _storage;
    private readonly Func<CancellationToken, Task<StoredRoots?>> _readRoots;
    private readonly RunRecorder _recorder;
    private readonly RunRecorder _withoutStore;
    private readonly Func<AuditReport, ReportOptions, string> _html;

    private RunHistory(Settings settings, BucketPlace? place, AwsClients clients, PublishDigest publish, LambdaDependencies parts)
    {
        if (place is null)
        {
            (_store, _readRoots) = (new NoRunStore(), _ => Task.FromResult<StoredRoots?>(null));
        }
        else
        {
            _storage = (
                parts.StorageTimeout is { } timeout
                    ? clients with
                    {
                        Patience = clients.Patience with { PublishingTimeout = timeout },
                    }
                    : clients
            ).Storage();
            var bucket = new S3RunStore(_storage, place, parts.StorageLimit, parts.Time);
            (_store, _readRoots) = (bucket, bucket.ReadRootsAsync);
        }

        var writer = new DigestWriter(
            new()
            {
                Notify = settings.Notify,
                ReminderInterval = TimeSpan.FromDays(settings.ReminderDays),
                Environment = settings.Environment,
                ReportLocation = review => place?.WaysTo(BucketPlace.ReportsPrefix + NameOf(review, "html")) ?? [],
            }
        );
        _recorder = new(_store, writer.Compose, publish, parts.Time, settings.Topic.Text);
        _withoutStore = new(new NoRunStore(), writer.Compose, publish, parts.Time);
        _html = parts.Html;
    }

    /// <param name="settings">Of the function; without a bucket nothing is remembered.</param>
    /// <param name="ownerAccountId">Whose the bucket must be.</param>
    /// <param name="clients">Of the function.</param>
    /// <param name="publish">Sends a mail.</param>
    /// <param name="parts">Clock, page and how long S3 may take.</param>
    public static RunHistory Open(
        Settings settings,
        string? ownerAccountId,
        AwsClients clients,
        PublishDigest publish,
        LambdaDependencies parts
    ) => new(settings, settings.Bucket is { } bucket ? new(bucket, settings.Topic.Region, ownerAccountId) : null, clients, publish, parts);

    /// <exception cref="RunStoreException">A newer version wrote the state.</exception>
    public Task<RunStart> BeginAsync(CancellationToken cancellationToken) => _recorder.BeginAsync(cancellationToken);

    public Task<RunRoots> ChooseRootsAsync(Func<TrustStore> shipped, CancellationToken cancellationToken) =>
        RunRoots.ChooseAsync(_readRoots, shipped, cancellationToken);

    /// <summary>A report that cannot be rendered, and a store that breaks its contract, is a failure of the run and does not stop the
    /// mail.</summary>
    public async Task<RunOutcome> FinishAsync(RunStart start, AuditReport report, CancellationToken cancellationToken)
    {
        var faults = new Dictionary<string, RunStoreException>(StringComparer.Ordinal);
        RunOutcome outcome;
        try
        {
            outcome = await _recorder.FinishAsync(
                start,
                report,
                review => _store.KeepsHistory && (review.Report.Run.Scope is null || review.Changes.HasNews) ? Render(review, faults) : [],
                cancellationToken
            );
        }
#pragma warning disable CA1031 // Whatever the history throws, what was found is mailed; the failure is thrown at the end of the run.
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            faults["history"] = new(
                $"The history of this run could not be kept ({exception.GetType().Name}: "
                    + $"{Escape.Text(exception.Message)}). This is a fault of OriginWatch; please report it.",
                exception
            );
            outcome = await _withoutStore.FinishAsync(
                start with
                {
                    Previous = null,
                    HistoryMissing = faults["history"].Message,
                },
                report,
                _ => [],
                cancellationToken
            );
        }

        return outcome with
        {
            Failures = [.. outcome.Failures, .. faults.Values],
        };
    }

    public void Dispose() => _storage?.Dispose();

    private IEnumerable<ReportObject> Render(RunReview review, Dictionary<string, RunStoreException> faults)
    {
        var options = review.Inform(ReportOptions.Default);
        return new (string Extension, string ContentType, Action<Stream> Write)[]
        {
            ("html", "text/html; charset=utf-8", file => file.Write(Encoding.UTF8.GetBytes(_html(review.Report, options)))),
            ("json", "application/json", file => JsonReport.Write(review.Report, file, options)),
        }
            .Select(format => TryRender(NameOf(review, format.Extension), format.ContentType, format.Write, Fault(format.Extension)))
            .OfType<ReportObject>();

        Action<Exception> Fault(string extension) =>
            exception =>
                faults[extension] = new(
                    exception is IOException
                        ? $"The report could not be written as {extension}: {Escape.Text(exception.Message)}. "
                            + "Give the function more ephemeral storage (EphemeralStorage in its template)."
                        : $"The report could not be written as {extension} ({exception.GetType().Name}: "
                            + $"{Escape.Text(exception.Message)}). This is a fault of OriginWatch; please report it.",
                    exception
                );
    }

    /// <summary>Into a file: the JSON of 50,000 origins is larger than the memory that evaluates them.</summary>
    private static ReportObject? TryRender(string name, string contentType, Action<Stream> write, Action<Exception> fail)
    {
        FileStream? file = null;
        try
        {
            file = new(
                Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.ReadWrite,
                    Options = FileOptions.DeleteOnClose,
                }
            );
            write(file);
            file.Position = 0;
            return new(name, file, contentType);
        }
#pragma warning disable CA1031 // Whatever a renderer throws is thrown at the end of the run.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            file?.Dispose();
            fail(exception);
            return null;
        }
    }

    private static string NameOf(RunReview review, string extension) =>
        string.Create(CultureInfo.InvariantCulture, $"{review.Report.Run.StartedAt.UtcDateTime:yyyy-MM-dd}/{review.RunId}.{extension}");
}
