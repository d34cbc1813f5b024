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

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder();
        var few = await MeasureAsync(folder, size.PlannedOrigins / 10, cancellationToken);
        var many = await MeasureAsync(folder, size.PlannedOrigins, cancellationToken);
        var what = $"{size.PlannedOrigins:N0} origins";
        return
        [
            Row.Compared($"Planning {what}: CPU per origin", 1000 * many.Planning.CpuMs, "µs", $"{size.PlannedOrigins / 10:N0} origins", 1000 * few.Planning.CpuMs, Linear),
            Row.Compared($"Reading a saved listing of {what}: CPU per origin", 1000 * many.Reading.CpuMs, "µs", $"{size.PlannedOrigins / 10:N0} origins", 1000 * few.Reading.CpuMs, Linear),
            new Row($"Planning {what}: garbage per origin", Row.Text(many.Planning.AllocatedKb, "KB"), $"reading {Row.Text(many.Reading.AllocatedKb, "KB")}"),
        ];
    }

    private async Task<(Effort Reading, Effort Planning)> MeasureAsync(WorkFolder folder, int count, CancellationToken cancellationToken)
    {
        log($"{count:N0} origins");
        var file = folder.Write($"{count}.json", SavedListing.Of(count, 443, NginxServer.HostName));
        var (reading, planning) = (new List<Effort>(), new List<Effort>());
        for (var batch = 0; batch < size.Batches + 1; batch++)
        {
            Listing? listing = null;
            reading.Add(await Effort.OfAsync(count, async () => listing = await new FileInventory(file).ReadAsync(cancellationToken)));
            planning.Add(await Effort.OfAsync(count, () => Task.FromResult(TargetPlanner.Plan(listing!))));
        }

        return (MedianOf(reading), MedianOf(planning));
    }

    /// <summary>The first one compiled the code.</summary>
    private static Effort MedianOf(List<Effort> efforts)
        => new(efforts.Skip(1).Select(effort => effort.CpuMs).Median(), efforts.Skip(1).Select(effort => effort.AllocatedKb).Median(), 0);
}
