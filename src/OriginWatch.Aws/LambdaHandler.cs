using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using OriginWatch.Aws.Publishing;
using OriginWatch.Inventory;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.Trust;

[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<OriginWatch.Aws.LambdaJson>))]

namespace OriginWatch.Aws;

/// <summary>The scheduled function: settings, inventory, audit, publishers, and at the end an exception with all that failed.</summary>
public sealed class LambdaHandler
{
    /// <summary>Publishing's share of the time.</summary>
    internal static readonly TimeSpan Reserve = TimeSpan.FromSeconds(30);

    /// <summary>What stays after publishing was given up.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(500);

    private readonly LambdaParts _parts;

    public LambdaHandler()
        : this(new LambdaParts())
    {
    }

    internal LambdaHandler(LambdaParts parts) => _parts = parts;

    /// <param name="lambdaEvent">Whatever started it: a schedule, a rule, a person. Nothing in it is looked at, so nothing in it can relax a guard.</param>
    /// <param name="context">Given by the runtime.</param>
    public async Task<RunSummary> HandleAsync(JsonElement lambdaEvent, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var settings = SettingsReader.Read(_parts.Variable);
        var started = _parts.Time.GetTimestamp();
        using var giveUp = new CancellationTokenSource(Longest(context.RemainingTime - LastWords, TimeSpan.FromMilliseconds(1)), _parts.Time);
        var clients = _parts.Clients(settings);
        using var notifications = clients.Notifications();
        await using var output = _parts.Output();
        var log = new LogStream(output);
        var publisher = new RunPublisher(new TopicPublisher(notifications, settings.Topic), log, settings.Topic, giveUp.Token);

        var (report, fault) = await TryAuditAsync(settings, clients, context.RemainingTime, giveUp.Token);
        var accountId = report?.Run.AccountId ?? settings.Topic.AccountId;
        var mail = report is null ? Mail.OfFault(Sentence(fault!), accountId, settings.Environment) : Mail.Of(report, settings.Environment);
        var duration = _parts.Time.GetElapsedTime(started);
        await publisher.PublishAsync(report, mail, new RunContext(accountId, settings.Environment, duration, _parts.Time.GetUtcNow()));
        return Failures(publisher, fault, log) ?? Summary(report!, duration);
    }

    private async Task<(AuditReport? Report, Exception? Fault)> TryAuditAsync(Settings settings, AwsClients clients, TimeSpan remaining, CancellationToken giveUp)
    {
        try
        {
            return (await AuditAsync(settings, clients, remaining, giveUp), null);
        }
#pragma warning disable CA1031 // Whatever ends the audit, the operator is told by e-mail before the invocation fails with it.
        catch (Exception exception)
        {
            return (null, exception);
        }
#pragma warning restore CA1031
    }

    private async Task<AuditReport> AuditAsync(Settings settings, AwsClients clients, TimeSpan remaining, CancellationToken giveUp)
    {
        using var source = new AwsInventory(clients);
        using var prober = _parts.Prober(settings);
        var options = new AuditOptions { Concurrency = settings.Connections, ConfirmationDelay = _parts.ConfirmationDelay, ProbeBudget = remaining - Reserve };
        var audit = new Audit(options, prober, _parts.TrustStore(), new RuleCatalog(settings.Thresholds), _parts.Time);
        var inventory = new TimedInventory(source, Longest(remaining - Reserve, remaining / 3), _parts.Time);
        return await audit.RunAsync(inventory, progress: null, interrupt: CancellationToken.None, giveUp);
    }

    private static string Sentence(Exception fault) => fault switch
    {
        InventoryException or TrustStoreException => fault.Message,
        OperationCanceledException => "The time of the invocation was over. Give the function more time.",
        _ => $"The audit itself failed ({fault.GetType().Name}: {Escape.Text(fault.Message)}). This is a fault of OriginWatch; please report it.",
    };

    /// <exception cref="RunFailedException">Something failed; everything else was done before.</exception>
    private static RunSummary? Failures(RunPublisher publisher, Exception? fault, LogStream log)
    {
        string[] failures = fault is null ? [.. publisher.Failures] : [Sentence(fault), .. publisher.Failures];
        foreach (var failure in failures)
        {
            log.WriteFault(failure);
        }

        return failures.Length == 0 ? null : throw new RunFailedException(string.Join(' ', failures), fault!);
    }

    private static RunSummary Summary(AuditReport report, TimeSpan duration) => new()
    {
        Complete = report.Run.Complete,
        IncompleteBecause = report.Run.IncompleteBecause,
        Distributions = report.Totals.Distributions,
        Origins = report.Totals.Origins,
        Rejected = report.Totals.ByVerdict[OriginVerdict.Rejects],
        Undetermined = report.Totals.ByVerdict[OriginVerdict.Undetermined],
        Critical = report.Totals.BySeverity[Severity.Critical],
        High = report.Totals.BySeverity[Severity.High],
        Seconds = Math.Round(duration.TotalSeconds, 3),
    };

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
