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

/// <summary>The memory of the function: the recorder on a bucket, with the digest and the reports that are saved beside it.</summary>
internal sealed class RunHistory
{
    private readonly S3RunStore _store;
    private readonly RunRecorder _recorder;
    private readonly Func<AuditReport, ReportOptions, string> _html;

    private RunHistory(S3RunStore store, RunRecorder recorder, Func<AuditReport, ReportOptions, string> html) => (_store, _recorder, _html) = (store, recorder, html);

    /// <param name="settings">Of the function.</param>
    /// <param name="place">The bucket.</param>
    /// <param name="storage">Closed by the caller.</param>
    /// <param name="publish">Sends a digest.</param>
    /// <param name="parts">Clock and patience.</param>
    public static RunHistory Open(Settings settings, BucketPlace place, AmazonS3Client storage, PublishDigest publish, LambdaDependencies parts)
    {
        var writer = new DigestWriter(new()
        {
            Notify = settings.Notify,
            ReminderInterval = TimeSpan.FromDays(settings.ReminderDays),
            Environment = settings.Environment,
            ReportLocation = review => place.WaysTo(BucketPlace.ReportsPrefix + NameOf(review, "html")),
        });
        var store = new S3RunStore(storage, place, parts.StorageLimit, parts.Time);
        return new(store, new RunRecorder(store, writer.Compose, publish, parts.Time), parts.Html);
    }

    /// <exception cref="RunStoreException">A newer version wrote the state.</exception>
    public Task<RunStart> BeginAsync(CancellationToken cancellationToken) => _recorder.BeginAsync(cancellationToken);

    public Task<RunRoots> ChooseRootsAsync(Func<TrustStore> shipped, CancellationToken cancellationToken) => RunRoots.ChooseAsync(_store, shipped, cancellationToken);

    /// <summary>A report that cannot be rendered is a failure of the run, and stops neither the state nor the mail.</summary>
    public async Task<RunOutcome> FinishAsync(RunStart start, AuditReport report, CancellationToken cancellationToken)
    {
        var faults = new Dictionary<string, RunStoreException>(StringComparer.Ordinal);
        var outcome = await _recorder.FinishAsync(start, report, review => [.. Render(review, faults)], cancellationToken);
        return outcome with { Failures = [.. outcome.Failures, .. faults.Values] };
    }

    private IEnumerable<ReportObject> Render(RunReview review, Dictionary<string, RunStoreException> faults)
    {
        var options = review.Inform(ReportOptions.Default);
        var html = Try("html", "text/html; charset=utf-8", () => Encoding.UTF8.GetBytes(_html(review.Report, options)));
        var json = Try("json", "application/json", () =>
        {
            using var buffer = new MemoryStream();
            JsonReport.Write(review.Report, buffer, options);
            return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        });
        return new[] { html, json }.OfType<ReportObject>();

        ReportObject? Try(string extension, string contentType, Func<ReadOnlyMemory<byte>> render)
        {
            try
            {
                return new(NameOf(review, extension), render(), contentType);
            }
#pragma warning disable CA1031 // Whatever a renderer throws is thrown at the end of the run.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                faults[extension] = new($"The report could not be written as {extension} ({exception.GetType().Name}: {Escape.Text(exception.Message)}). This is a fault of OriginWatch; please report it.", exception);
                return null;
            }
        }
    }

    private static string NameOf(RunReview review, string extension)
        => string.Create(CultureInfo.InvariantCulture, $"{review.Report.Run.StartedAt.UtcDateTime:yyyy-MM-dd}/{review.RunId}.{extension}");
}
