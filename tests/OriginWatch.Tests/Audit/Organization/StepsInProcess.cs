using OriginWatch.Audit;
using OriginWatch.Inventory.Organization;
using OriginWatch.Inventory.Saved;
using OriginWatch.Probing;
using OriginWatch.Probing.Recorded;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Targets.Shards;
using OriginWatch.Trust;

namespace OriginWatch.Tests.Audit.Organization;

/// <summary>The steps of an organization's run one after another, with everything that they leave for each other as bytes.</summary>
internal sealed class StepsInProcess(
    IReadOnlyList<AccountSource> sources,
    IProber prober,
    TrustStore trustStore,
    AuditOptions options,
    int targetsPerShard
)
{
    public const string ScannedBy = "999999999999";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public List<ReadOnlyMemory<byte>> Shards { get; } = [];

    public List<ReadOnlyMemory<byte>> Observations { get; } = [];

    public async Task<AuditReport> RunAsync(CancellationToken cancellationToken)
    {
        var inventory = await GatherAsync(cancellationToken);
        var plan = TargetPlanner.Plan(await inventory.ReadAsync(cancellationToken));
        foreach (var shard in Sharding.Cut(ShardPlan.Of(plan, origin => options.Prior.ContainsKey(OriginKey.Of(origin))), targetsPerShard))
        {
            Shards.Add(ShardFile.Write(new(shard)));
        }

        foreach (var shard in Shards)
        {
            var sweep = new TargetSweep(
                options with
                {
                    Prior = new Dictionary<string, PriorOutcome>(StringComparer.Ordinal),
                },
                prober,
                trustStore,
                new RuleCatalog(new()),
                TimeProvider.System
            );
            Observations.Add(
                ObservationFile.Write(await sweep.RunAsync(ShardFile.Read(shard).Targets, CancellationToken.None, cancellationToken))
            );
        }

        var recorded = new RecordedProber(Observations.SelectMany(ObservationFile.Read));
        return await new AuditRunner(
            options with
            {
                ConfirmationDelay = TimeSpan.Zero,
            },
            recorded,
            trustStore,
            new RuleCatalog(new()),
            TimeProvider.System
        ).RunAsync(inventory, progress: null, CancellationToken.None, cancellationToken);
    }

    private async Task<OrganizationInventory> GatherAsync(CancellationToken cancellationToken)
    {
        var saved = new List<AccountSource>();
        foreach (var source in sources)
        {
            if (source.Inventory is null)
            {
                saved.Add(source);
                continue;
            }

            var file = SavedAccountFile.Write(await SavedAccount.ReadAsync(source, Limit, TimeProvider.System, cancellationToken));
            saved.Add(new(source.Account, new SavedInventory(source.Account.Id, _ => Task.FromResult(file))));
        }

        return new(_ => Task.FromResult(new AccountList(ScannedBy, saved)), Limit, TimeProvider.System);
    }
}
