using OriginWatch.Benchmarks.Measuring;
using OriginWatch.Benchmarks.Origins;
using OriginWatch.Benchmarks.Servers;
using OriginWatch.Inventory;
using OriginWatch.Targets;

namespace OriginWatch.Benchmarks.Scale;

/// <summary>From a saved listing to the targets: no network.</summary>
internal sealed class PlanningPart(RunSize size, Action<string> log)
{
    private const double Linear = 1.15;
    private const int Times = 10;

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder();
        var few = new Accounts(folder, size.PlannedOrigins / Times, Times);
        var many = new Accounts(folder, size.PlannedOrigins, 1);
        for (var batch = 0; batch < size.Batches + 1; batch++)
        {
            log($"batch {batch} of {size.Batches}");
            await few.MeasureAsync(cancellationToken);
            await many.MeasureAsync(cancellationToken);
        }

        var what = $"{size.PlannedOrigins:N0} origins";
        return
        [
            Row.Compared(
                $"Planning {what}: CPU per origin",
                1000 * many.Planning.CpuMs,
                "µs",
                $"{size.PlannedOrigins / Times:N0} origins",
                1000 * few.Planning.CpuMs,
                Linear
            ),
            Row.Compared(
                $"Reading a saved listing of {what}: CPU per origin",
                1000 * many.Reading.CpuMs,
                "µs",
                $"{size.PlannedOrigins / Times:N0} origins",
                1000 * few.Reading.CpuMs,
                Linear
            ),
            new Row(
                $"Planning {what}: garbage per origin",
                Row.Text(many.Planning.AllocatedKb, "KB"),
                $"reading {Row.Text(many.Reading.AllocatedKb, "KB")}"
            ),
        ];
    }

    /// <summary>So many accounts of one size, one after the other, so that each size has as much to do.</summary>
    private sealed class Accounts(WorkFolder folder, int origins, int times)
    {
        private readonly string _file = folder.Write($"{origins}.json", SavedListing.Of(origins, 443, NginxServer.HostName));
        private readonly List<Effort> _reading = [];
        private readonly List<Effort> _planning = [];

        public Effort Reading => MedianOf(_reading);

        public Effort Planning => MedianOf(_planning);

        public async Task MeasureAsync(CancellationToken cancellationToken)
        {
            Listing? listing = null;
            _reading.Add(
                await Effort.OfAsync(
                    origins * times,
                    () => RepeatAsync(async () => listing = await new FileInventory(_file).ReadAsync(cancellationToken))
                )
            );
            _planning.Add(await Effort.OfAsync(origins * times, () => RepeatAsync(() => Task.FromResult(TargetPlanner.Plan(listing!)))));
        }

        private async Task RepeatAsync(Func<Task> work)
        {
            for (var time = 0; time < times; time++)
            {
                await work();
            }
        }

        /// <summary>The first one compiled the code.</summary>
        private static Effort MedianOf(List<Effort> efforts) =>
            new(efforts.Skip(1).Select(effort => effort.CpuMs).Median(), efforts.Skip(1).Select(effort => effort.AllocatedKb).Median(), 0);
    }
}
