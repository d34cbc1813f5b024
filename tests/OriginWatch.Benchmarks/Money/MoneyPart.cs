using System.Globalization;
using System.Text.Json;
using OriginWatch.Benchmarks.Measuring;
using OriginWatch.Benchmarks.Origins;
using OriginWatch.Benchmarks.Start;

namespace OriginWatch.Benchmarks.Money;

/// <summary>
/// What a month of nightly runs costs: the CPU and the report of an origin as measured here, everything else and the prices from
/// .github/maintenance/cost.py, which reads the template.
/// </summary>
internal sealed class MoneyPart(RunSize size, Action<string> log)
{
    private const int Runs = 30;

    /// <summary>Lambda gives one processor for this much memory (AWS Lambda developer guide, "Configure Lambda function memory").</summary>
    private const double MemoryMbPerProcessor = 1_769;

    /// <summary>Assumed of a distant origin: lookup, connection and handshake in four round trips of 100 ms.</summary>
    private const double SlotSeconds = 0.4;

    private const int Connections = 64;

    /// <summary>Start, inventory, confirmation and publishing.</summary>
    private const double FixedSeconds = 10;

    /// <summary>Origins, and the memory that the template's parameter says they need.</summary>
    private static readonly (int Origins, int MemoryMb)[] Accounts = [(100, 512), (1_000, 512), (10_000, 512), (50_000, 1_536)];

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken cancellationToken)
    {
        if (Published.Root is not { } root || !Child.IsInstalled("python3"))
        {
            return [Row.Skipped("Money", "needs the sources and python3")];
        }

        log("measuring an origin");
        if (await new OriginPart(size, log).TypicalAsync(cancellationToken) is not { } origin)
        {
            return [Row.Skipped("Money", "nginx or dnsmasq is not installed")];
        }

        var rows = new List<Row>();
        foreach (var (origins, memory) in Accounts)
        {
            rows.Add(await OfAsync(Path.Combine(root, ".github", "maintenance", "cost.py"), origins, memory, origin, cancellationToken));
        }

        return rows;
    }

    private static async Task<Row> OfAsync(
        string script,
        int origins,
        int memory,
        (double CpuMs, double JsonBytes) origin,
        CancellationToken cancellationToken
    )
    {
        var computing = origins * origin.CpuMs / 1000 / (memory / MemoryMbPerProcessor);
        var waiting = origins * SlotSeconds / Connections;
        var seconds = FixedSeconds + Math.Max(computing, waiting);
        var answer = await Child.RunAsync(
            "python3",
            [
                script,
                "--json",
                "--origins",
                Text(origins),
                "--memory",
                Text(memory),
                "--run-seconds",
                Text(seconds),
                "--report-bytes",
                Text(origin.JsonBytes),
            ],
            cancellationToken
        );
        using var parts = JsonDocument.Parse(answer.Output);
        var prices = parts
            .RootElement.EnumerateObject()
            .ToDictionary(part => part.Name, part => part.Value.GetDouble(), StringComparer.Ordinal);
        var (lambda, storage, mail) = (prices["Lambda"], prices["S3"], prices["SNS"]);
        var all = prices.Values.Sum();
        return new(
            string.Create(CultureInfo.InvariantCulture, $"A month of nightly runs, {origins:N0} origins"),
            string.Create(CultureInfo.InvariantCulture, $"${all:0.00}"),
            string.Create(
                CultureInfo.InvariantCulture,
                $"Lambda {Runs * seconds * memory / 1024:N0} GB-s ${lambda:0.000} ({seconds:0} s a night), CloudWatch ${all - lambda - storage - mail:0.00}, S3 ${storage:0.000}, SNS ${mail:0.000}"
            )
        );
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
