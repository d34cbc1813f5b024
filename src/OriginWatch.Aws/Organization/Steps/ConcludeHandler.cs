using Amazon.Lambda.Core;
using OriginWatch.Audit;
using OriginWatch.Aws.History;
using OriginWatch.History;
using OriginWatch.History.Routing;
using OriginWatch.Inventory.Organization;
using OriginWatch.Probing.Recorded;
using OriginWatch.Rules;
using OriginWatch.Text;

namespace OriginWatch.Aws.Organization.Steps;

/// <summary>
/// The last step: the audit over all accounts with the recorded looks in place of a prober, then the history, the mails, the metrics and
/// each account's own records.
/// It asks CloudFront itself, since which origins are asked about depends on their verdicts.
/// </summary>
public sealed class ConcludeHandler
{
    /// <summary>Publishing's share of the time, and that of the accounts' records.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(120);

    /// <summary>Files are larger than mails.</summary>
    private static readonly TimeSpan FileTimeout = TimeSpan.FromMinutes(1);

    /// <summary>For the state of 200,000 origins at 12 MB a second; four such calls fit into the reserve.</summary>
    private static readonly TimeSpan StateTimeout = TimeSpan.FromSeconds(25);

    private readonly LambdaDependencies _parts;

    public ConcludeHandler()
        : this(new LambdaDependencies { StorageLimit = 2 * StateTimeout, StorageTimeout = StateTimeout }) { }

    internal ConcludeHandler(LambdaDependencies parts) => _parts = parts;

    public async Task<ConcludeAnswer> HandleAsync(ConcludeRequest request, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var settings = SettingsReader.Read(_parts.Variable);
        var bucket =
            settings.Bucket
            ?? throw new OperatorException("BUCKET is not set. It must be the name of the bucket of the organization's runs.");
        var owner = FunctionArn.AccountOf(context.InvokedFunctionArn);
        var started = _parts.Time.GetTimestamp();
        using var deadline = StepDeadline.Of(context, _parts.Time);
        var clients = _parts.Clients(settings);
        using var storage = (clients with { Patience = clients.Patience with { PublishingTimeout = FileTimeout } }).Storage();
        await using var publisher = new RunPublisher(clients, settings, owner, _parts, deadline.Token);
        var files = new BucketFiles(storage, bucket, owner);

        var concluded = await TryConcludeAsync(request, settings, files, publisher.History, context, deadline.Token);
        var duration = _parts.Time.GetElapsedTime(started);
        var run = new RunContext(
            concluded.ScannedBy ?? owner ?? settings.Topic.AccountId,
            settings.Environment,
            context.AwsRequestId,
            duration,
            _parts.Time.GetUtcNow()
        )
        {
            Organization = new(concluded.OrganizationId ?? "unknown", concluded.ShardsLost)
            {
                SendsAccountMetrics = new StepSettings(_parts.Variable).SendsAccountMetrics,
            },
        };
        var review = await publisher.PublishAsync(concluded.Audited, run);
        var unwritten = await AccountRecords.WriteAsync(files, review, deadline.Token);
        publisher.ThrowFailures(concluded.Audited, unwritten);
        return Answer(review!, concluded.ShardsLost, duration);
    }

    private async Task<Concluded> TryConcludeAsync(
        ConcludeRequest request,
        Settings settings,
        BucketFiles files,
        RunHistory history,
        ILambdaContext context,
        CancellationToken cancellationToken
    )
    {
        RunStart? start = null;
        OrganizationDocument? organization = null;
        try
        {
            var keys = RunKeys.Of(request.Run);
            start = await history.BeginAsync(cancellationToken);
            if (request.Failure is { } failure)
            {
                throw new OperatorException(
                    "The run ended before anything was probed: "
                        + $"{new StepFailure { Error = failure.Error, Cause = failure.Cause }.Reason}. "
                        + "Open the execution in Step Functions to see which step failed."
                );
            }

            organization = await SavedOrganization.ListAsync(files, keys, cancellationToken);
            var roots = await history.ChooseRootsAsync(_parts.TrustStore, cancellationToken);
            start = roots.Tell(start);
            var seen = await SavedObservations.ReadAsync(request.Shards ?? [], files, keys, cancellationToken);
            var audited = await AuditAsync(organization, seen, settings, files, keys, start, roots, context, cancellationToken);
            return new(audited, organization.OrganizationId, organization.ScannedBy, seen.Lost.Count);
        }
#pragma warning disable CA1031 // Whatever ends the step, the operator is told by e-mail before the execution fails with it.
        catch (Exception exception)
        {
            return new(
                new AuditedRun.Failed(start, Sentence(exception), exception),
                organization?.OrganizationId,
                organization?.ScannedBy,
                0
            );
        }
#pragma warning restore CA1031
    }

    private async Task<AuditedRun> AuditAsync(
        OrganizationDocument organization,
        SavedObservations seen,
        Settings settings,
        BucketFiles files,
        RunKeys keys,
        RunStart start,
        RunRoots roots,
        ILambdaContext context,
        CancellationToken cancellationToken
    )
    {
        var inventory = new SavedTraffic(SavedOrganization.Inventory(organization, files, keys, _parts.Time));
        var options = new AuditOptions
        {
            Concurrency = settings.Connections,
            ConfirmationDelay = TimeSpan.Zero,
            ProbeBudget = StepDeadline.Left(context, Reserve),
            Edge = settings.Edge,
            Prior = start.Prior,
            JudgeAt = organization.StartedAt,
            TargetsMissingBecause = seen.MissingBecause,
            Traffic = (ids, _) => Task.FromResult(inventory.Of(ids)),
        };
        var audit = new AuditRunner(
            options,
            new RecordedProber(seen.Records),
            roots.Store,
            new RuleCatalog(settings.Thresholds),
            _parts.Time,
            _parts.Edge
        );
        var report = roots.Tell(await audit.RunAsync(inventory, progress: null, interrupt: CancellationToken.None, cancellationToken));
        report = report with { Run = report.Run with { StartedAt = organization.StartedAt } };
        IReadOnlyList<string> remarks =
        [
            .. report.Run.Remarks,
            .. RouteTags.Missing(start, report),
            .. organization.Routes.TagPatterns is { Count: > 0 } asked && !start.Routes.TagPatterns.IsSubsetOf(asked)
                ? new[] { "The routes file changed after the run began. Tags that it did not ask for then decide from the next run on." }
                : [],
        ];
        return new AuditedRun.Judged(report with { Run = report.Run with { Remarks = remarks } }, start);
    }

    private static ConcludeAnswer Answer(RunReview review, int shardsLost, TimeSpan duration) =>
        new()
        {
            Complete = review.Report.Run.Complete,
            IncompleteBecause = review.Report.Run.IncompleteBecause ?? "",
            Accounts = review.Report.Run.Accounts.Count(account => account.Outcome != AccountOutcome.Skipped),
            Gaps = review.Report.Run.Accounts.Count(account => account.IsGap),
            ShardsLost = shardsLost,
            Summary = RunSummary.Of(review, duration),
        };

    private static string Sentence(Exception fault) =>
        fault switch
        {
            OperatorException => fault.Message,
            OperationCanceledException => "The last step ran out of time. Give its function more time.",
            _ => $"The last step itself failed ({fault.GetType().Name}: {Escape.Text(fault.Message)}). "
                + "This is a fault of OriginWatch; please report it.",
        };

    private sealed record Concluded(AuditedRun Audited, string? OrganizationId, string? ScannedBy, int ShardsLost);
}
