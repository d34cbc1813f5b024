using System.Globalization;
using System.Text;
using Amazon.S3;
using OriginWatch.History;
using OriginWatch.Reporting;
using OriginWatch.Reporting.Digest;

namespace OriginWatch.Aws.History;

/// <summary>The memory of the function: the recorder on a bucket, with the digest and the reports that are saved beside it.</summary>
internal sealed class RunHistory
{
    private readonly RunRecorder _recorder;

    private RunHistory(RunRecorder recorder) => _recorder = recorder;

    /// <param name="settings">Of the function.</param>
    /// <param name="place">The bucket.</param>
    /// <param name="storage">Closed by the caller.</param>
    /// <param name="publish">Sends a digest.</param>
    /// <param name="parts">Clock and patience.</param>
    public static RunHistory Open(Settings settings, BucketPlace place, AmazonS3Client storage, PublishDigest publish, LambdaParts parts)
    {
        var writer = new DigestWriter(new()
        {
            Notify = settings.Notify,
            ReminderInterval = TimeSpan.FromDays(settings.ReminderDays),
            Environment = settings.Environment,
            ReportLocation = review => place.WaysTo(BucketPlace.ReportsPrefix + NameOf(review, "html")),
        });
        return new(new RunRecorder(new S3RunStore(storage, place, parts.StorageLimit, parts.Time), writer.Compose, publish, parts.Time));
    }

    /// <exception cref="RunStoreException">A newer version wrote the state.</exception>
    public Task<RunStart> BeginAsync(CancellationToken cancellationToken) => _recorder.BeginAsync(cancellationToken);

    public Task<RunOutcome> FinishAsync(RunStart start, AuditReport report, CancellationToken cancellationToken)
        => _recorder.FinishAsync(start, report, Render, cancellationToken);

    private static IReadOnlyList<ReportObject> Render(RunReview review)
    {
        var options = review.Inform(ReportOptions.Default);
        using var json = new MemoryStream();
        JsonReport.Write(review.Report, json, options);
        return
        [
            new(NameOf(review, "html"), Encoding.UTF8.GetBytes(HtmlReport.Render(review.Report, options)), "text/html; charset=utf-8"),
            new(NameOf(review, "json"), json.ToArray(), "application/json"),
        ];
    }

    private static string NameOf(RunReview review, string extension)
        => string.Create(CultureInfo.InvariantCulture, $"{review.Report.Run.StartedAt.UtcDateTime:yyyy-MM-dd}/{review.RunId}.{extension}");
}
