using System.Text;
using Amazon.Lambda.Core;
using OriginWatch.Audit;
using OriginWatch.Aws.History;
using OriginWatch.History;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Targets.Shards;

namespace OriginWatch.Aws.Organization.Steps;

/// <summary>The distinct targets of all accounts, cut into shards.</summary>
public sealed class PlanHandler
{
    private readonly StepDependencies _parts;

    public PlanHandler()
        : this(new StepDependencies()) { }

    internal PlanHandler(StepDependencies parts) => _parts = parts;

    /// <summary>Fewer only in tests.</summary>
    internal int MostTargets { get; init; } = Sharding.MostTargets;

    public async Task<PlanAnswer> HandleAsync(PlanRequest request, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        var keys = RunKeys.Of(request.Run);
        using var deadline = StepDeadline.Of(context, _parts.Time);
        using var storage = _parts.Clients().Storage();
        var files = _parts.Files(storage, context.InvokedFunctionArn);
        var targets = await ReadAsync(files, keys, deadline.Token);
        var shards = Sharding.Cut(targets, MostTargets);
        var roots = await files.ReadAsync(BucketPlace.RootsKey, RunRoots.MaxBytes, deadline.Token) is { Length: <= RunRoots.MaxBytes } pem
            ? Encoding.UTF8.GetString(pem.Span)
            : null;
        foreach (var (number, shard) in shards.Index())
        {
            await files.WriteAsync(keys.Shard(number), ShardFile.Write(new(shard) { Roots = roots }), deadline.Token);
        }

        return new()
        {
            Run = request.Run!,
            Shards = [.. Enumerable.Range(0, shards.Count)],
            Targets = targets.Count,
        };
    }

    private async Task<IReadOnlyList<ShardTarget>> ReadAsync(IRunFiles files, RunKeys keys, CancellationToken cancellationToken)
    {
        var organization = await SavedOrganization.ListAsync(files, keys, cancellationToken);
        var prior = await PriorAsync(files, cancellationToken);
        var listing = await SavedOrganization.Inventory(organization, files, keys, _parts.Time).ReadAsync(cancellationToken);
        return ShardPlan.Of(
            TargetPlanner.Plan(listing),
            origin =>
                prior.GetValueOrDefault(OriginKey.Of(origin)) is { ByEdge: false, Verdict: OriginVerdict.Accepts or OriginVerdict.Rejects }
        );
    }

    /// <summary>What the last run evaluated; nothing where its state cannot be read, which the last step tells.</summary>
    private static async Task<IReadOnlyDictionary<string, PriorOutcome>> PriorAsync(IRunFiles files, CancellationToken cancellationToken) =>
        await files.ReadAsync(BucketPlace.StateKey, RunStateJson.MaxBytes, cancellationToken) is { } content
        && RunStateJson.Read(content) is StateReading.Usable(var state)
            ? state.Origins
            : new Dictionary<string, PriorOutcome>(StringComparer.Ordinal);
}
