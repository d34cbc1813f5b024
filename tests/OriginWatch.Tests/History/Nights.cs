using Microsoft.Extensions.Time.Testing;
using OriginWatch.Audit;
using OriginWatch.History;
using OriginWatch.Mail;
using OriginWatch.Reporting;
using OriginWatch.Tests.Reporting;

namespace OriginWatch.Tests.History;

/// <summary>Runs night after night against one store, with a mailbox.</summary>
internal sealed class Nights
{
    public Nights(DateTimeOffset? start = null) => Time = new(start ?? Night.First) { AutoAdvanceAmount = TimeSpan.Zero };

    /// <summary>The first night, with what runs of other clocks have left.</summary>
    public Nights(InMemoryRunStore store)
        : this() => Store = store;

    public FakeTimeProvider Time { get; }
    public InMemoryRunStore Store { get; } = new();
    public List<DigestMessage> Mailbox { get; } = [];
    public DigestSettings Settings { get; set; } = new() { Environment = "prod" };

    /// <summary>Throws to refuse a digest.</summary>
    public Action<DigestMessage> Accept { get; set; } = _ => { };

    /// <summary>Called when a digest was delivered and nobody knows it yet.</summary>
    public Action<DigestMessage> Delivered { get; set; } = _ => { };

    public IReadOnlyList<string> Subjects => [.. Mailbox.Select(digest => digest.Subject)];
    public DateTimeOffset Now => Time.GetUtcNow();

    public RunRecorder NewRecorder() => new(Store, new DigestWriter(Settings).Compose, PublishAsync, Time);

    public Task<RunOutcome> RunAsync(params IReadOnlyList<SampleOrigin> origins) => RunAsync(Night.Report(Now, origins));

    public async Task<RunOutcome> RunAsync(AuditReport report)
    {
        var recorder = NewRecorder();
        var start = await recorder.BeginAsync(TestContext.Current.CancellationToken);
        return await recorder.FinishAsync(start, report, _ => [], TestContext.Current.CancellationToken);
    }

    public async Task<RunOutcome> NextAsync(params IReadOnlyList<SampleOrigin> origins)
    {
        Time.Advance(TimeSpan.FromDays(1));
        return await RunAsync(origins);
    }

    private Task PublishAsync(DigestMessage digest, CancellationToken cancellationToken)
    {
        Accept(digest);
        Mailbox.Add(digest);
        Delivered(digest);
        return Task.CompletedTask;
    }
}
