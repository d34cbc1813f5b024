using Amazon.Lambda.Core;
using OriginWatch.Audit;
using OriginWatch.Inventory;
using OriginWatch.Probing.Recorded;
using OriginWatch.Rules;
using OriginWatch.Targets.Shards;
using OriginWatch.Text;
using OriginWatch.Trust;

namespace OriginWatch.Aws.Organization.Steps;

/// <summary>Looks at the targets of one shard. It parses what strangers send, so it reads its shard, writes its observations and may do
/// nothing else.</summary>
public sealed class ProbeHandler
{
    /// <summary>For writing what was seen.</summary>
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(60);

    private readonly StepDependencies _parts;

    public ProbeHandler()
        : this(new StepDependencies()) { }

    internal ProbeHandler(StepDependencies parts) => _parts = parts;

    public async Task<ProbeAnswer> HandleAsync(ProbeRequest request, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var keys = RunKeys.Of(request.Run);
        var number = request.Shard is >= 0 and var shard
            ? shard
            : throw new OperatorException("The event's shard must be a number from 0. Start the state machine, not the function.");
        using var deadline = StepDeadline.Of(context, _parts.Time);
        using var storage = _parts.Clients().Storage();
        var files = _parts.Files(storage, context.InvokedFunctionArn);
        var content =
            await files.ReadAsync(keys.Shard(number), ShardFile.MaxBytes, deadline.Token)
            ?? throw new InventoryException($"The shard {number} is missing. Start the state machine, not the function.");
        var records = await ProbeAsync(ShardFile.Read(content), context, deadline.Token);
        await files.WriteAsync(keys.Observations(number), ObservationFile.Write(records), deadline.Token);
        return new() { Targets = records.Count };
    }

    private async Task<IReadOnlyList<ProbeRecord>> ProbeAsync(Shard shard, ILambdaContext context, CancellationToken cancellationToken)
    {
        using var prober = _parts.Prober(_parts.Settings.Connections);
        var catalog = new RuleCatalog(new());
        await _parts.Canaries(prober, catalog, cancellationToken);
        var options = new AuditOptions
        {
            Concurrency = _parts.Settings.Connections,
            ConfirmationDelay = _parts.ConfirmationDelay,
            ProbeBudget = StepDeadline.Left(context, Reserve),
        };
        return await new TargetSweep(options, prober, RootsOf(shard), catalog, _parts.Time).RunAsync(
            shard.Targets,
            CancellationToken.None,
            cancellationToken
        );
    }

    /// <summary>Roots that cannot be used are ignored here as in the last step, which tells it.</summary>
    private TrustStore RootsOf(Shard shard)
    {
        try
        {
            return shard.Roots is { } pem ? TrustStore.FromPem(pem, "the shard") : _parts.TrustStore();
        }
        catch (OperatorException)
        {
            return _parts.TrustStore();
        }
    }
}
