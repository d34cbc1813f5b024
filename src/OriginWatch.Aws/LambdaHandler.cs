using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.Serialization.SystemTextJson;
using Amazon.S3;
using OriginWatch.Audit;
using OriginWatch.Aws.History;
using OriginWatch.History;
using OriginWatch.History.Routing;
using OriginWatch.Inventory;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.SelfTest;
using OriginWatch.Text;

[assembly: LambdaSerializer(typeof(SourceGeneratorLambdaJsonSerializer<OriginWatch.Aws.LambdaJson>))]

namespace OriginWatch.Aws;

/// <summary>The scheduled function: settings, memory, inventory, audit, publishers, and at the end an exception with all that
/// failed.</summary>
public sealed class LambdaHandler
{
    /// <summary>Publishing's share of the time.</summary>
    internal static readonly TimeSpan Reserve = TimeSpan.FromSeconds(30);

    /// <summary>What stays after publishing was given up.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(500);

    private readonly LambdaDependencies _parts;

    public LambdaHandler()
        : this(new LambdaDependencies()) { }

    internal LambdaHandler(LambdaDependencies parts) => _parts = parts;

    /// <param name="lambdaEvent">Whatever started it: a schedule, a rule, a person. It can narrow the run (<see cref="RunRequest"/>);
    /// nothing in it can relax a guard.</param>
    /// <param name="context">Given by the runtime.</param>
    public async Task<RunSummary> HandleAsync(JsonElement lambdaEvent, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var settings = SettingsReader.Read(_parts.Variable);
        var started = _parts.Time.GetTimestamp();
        using var giveUp = new CancellationTokenSource(
            Longest(context.RemainingTime - LastWords, TimeSpan.FromMilliseconds(1)),
            _parts.Time
        );
        var clients = _parts.Clients(settings);
        await using var publisher = new RunPublisher(
            clients,
            settings,
            FunctionArn.AccountOf(context.InvokedFunctionArn),
            _parts,
            giveUp.Token
        );

        var audited = await TryAuditAsync(lambdaEvent, settings, clients, publisher.History, context, giveUp.Token);
        var duration = _parts.Time.GetElapsedTime(started);
        var accountId = (audited as AuditedRun.Judged)?.Report.Run.AccountId ?? settings.Topic.AccountId;
        var review = await publisher.PublishAsync(
            audited,
            new RunContext(accountId, settings.Environment, context.AwsRequestId, duration, _parts.Time.GetUtcNow())
        );
        publisher.ThrowFailures(audited, others: []);
        return review is null ? RunSummary.OfNothing(duration) : RunSummary.Of(review, duration);
    }

    private async Task<AuditedRun> TryAuditAsync(
        JsonElement lambdaEvent,
        Settings settings,
        AwsClients clients,
        RunHistory history,
        ILambdaContext context,
        CancellationToken giveUp
    )
    {
        RunStart? start = null;
        RunRequest? request = null;
        try
        {
            request = RunRequest.Of(lambdaEvent);
            start = await history.BeginAsync(giveUp);
            var scope = ScopeOf(request, settings, start);
            if (scope is AuditScope.FollowUp { Origins.Count: 0 })
            {
                return new AuditedRun.Idle(start);
            }

            var roots = await history.ChooseRootsAsync(_parts.TrustStore, giveUp);
            start = roots.Tell(start);
            return await AuditAsync(settings, clients, start, scope, roots, context, giveUp);
        }
#pragma warning disable CA1031 // Whatever ends the audit, the operator is told by e-mail before the invocation fails with it.
        catch (Exception exception)
        {
            return new AuditedRun.Failed(start, Sentence(exception), exception) { IsPartial = request is not RunRequest.Everything };
        }
#pragma warning restore CA1031
    }

    /// <summary>Null for everything.</summary>
    /// <exception cref="RunStoreException">A follow-up has no history to follow.</exception>
    private AuditScope? ScopeOf(RunRequest request, Settings settings, RunStart start) =>
        request switch
        {
            RunRequest.Changed(var ids) => new AuditScope.Distributions(ids),
            RunRequest.FollowUp when settings.Bucket is null => throw new RunStoreException(
                "A follow-up needs the history of the last run: set BUCKET, or remove the follow-up schedule."
            ),
            RunRequest.FollowUp when start.HistoryMissing is { } missing => throw new RunStoreException(missing),
            RunRequest.FollowUp => start.Previous is { } previous
                ? FollowUpScope.Of(previous, _parts.Time.GetUtcNow())
                : new AuditScope.FollowUp(new HashSet<string>(StringComparer.Ordinal)),
            _ => null,
        };

    private async Task<AuditedRun.Judged> AuditAsync(
        Settings settings,
        AwsClients clients,
        RunStart start,
        AuditScope? scope,
        RunRoots roots,
        ILambdaContext context,
        CancellationToken giveUp
    )
    {
        using var source = new AwsInventory(clients, settings.ReadsClientCertificates);
        using var prober = _parts.Prober(settings);
        var catalog = new RuleCatalog(settings.Thresholds);
        await _parts.Canaries(prober, catalog, giveUp);
        var remaining = context.RemainingTime;
        var options = new AuditOptions
        {
            Concurrency = settings.Connections,
            ConfirmationDelay = _parts.ConfirmationDelay,
            ProbeBudget = remaining - Reserve,
            Edge = settings.Edge,
            Prior = start.Prior,
            Scope = scope,
            Traffic = settings.ReadsMetrics ? (ids, token) => source.ReadTrafficAsync(ids, _parts.Time.GetUtcNow(), token) : null,
        };
        var audit = new AuditRunner(options, prober, roots.Store, catalog, _parts.Time, _parts.Edge);
        var inventory = new TimedInventory(source, Longest(remaining - Reserve, remaining / 3), _parts.Time);
        var report = roots.Tell(await audit.RunAsync(inventory, progress: null, interrupt: CancellationToken.None, giveUp));
        return await WithTagsAsync(new(report, start), source.ReadTagsAsync, giveUp);
    }

    /// <summary>Tags that cannot be read fail the run at its end, and not the mails.</summary>
    private async Task<AuditedRun.Judged> WithTagsAsync(AuditedRun.Judged audited, ReadTags read, CancellationToken giveUp)
    {
        var (routes, problem) = await RouteTags.ReadAsync(audited.Start, audited.Report, read, _parts.Time, giveUp);
        var (report, start) = (audited.Report, audited.Start with { Routes = routes });
        return problem is null
            ? new(report, start)
            : new(
                report with
                {
                    Run = report.Run with { Remarks = [.. report.Run.Remarks, problem] },
                },
                start with
                {
                    Failures = [.. start.Failures, new OperatorException(problem)],
                }
            );
    }

    private static string Sentence(Exception fault) =>
        fault switch
        {
            OperatorException => fault.Message,
            OperationCanceledException => "The invocation ran out of time. Give the function more time.",
            _ => $"The audit itself failed ({fault.GetType().Name}: {Escape.Text(fault.Message)}). "
                + "This is a fault of OriginWatch; please report it.",
        };

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
