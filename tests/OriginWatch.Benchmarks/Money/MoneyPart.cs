using System.Globalization;
using OriginWatch.Benchmarks.Origins;

namespace OriginWatch.Benchmarks.Money;

/// <summary>What a month of nightly runs costs, from the CPU and the report that were measured here and the memory of the template.</summary>
internal sealed class MoneyPart(RunSize size, Action<string> log)
{
    private const int Runs = 30;
    private const int Metrics = 15;
    private const int Alarms = 3;
    private const int Puts = 4;
    private const double MemoryMb = 512;

    /// <summary>Lambda gives one processor for this much memory (AWS Lambda developer guide, "Configure Lambda function memory").</summary>
    private const double MemoryMbPerProcessor = 1_769;

    /// <summary>Assumed of a distant origin: look-up, connection and handshake in four round trips of 100 ms.</summary>
    private const double SlotSeconds = 0.4;

    private const int Connections = 64;

    /// <summary>Start, inventory, confirmation and publishing.</summary>
    private const double FixedSeconds = 10;

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken cancellationToken)
    {
        log("measuring an origin");
        return await new OriginPart(size, log).TypicalAsync(cancellationToken) is { } origin
            ? [.. new[] { 100, 1_000, 10_000, 50_000 }.Select(count => Of(count, origin.CpuMs, origin.JsonBytes))]
            : [Row.Skipped("Money", "nginx or dnsmasq is not installed")];
    }

    private static Row Of(int origins, double cpuMs, double jsonBytes)
    {
        var computing = origins * cpuMs / 1000 / (MemoryMb / MemoryMbPerProcessor);
        var waiting = origins * SlotSeconds / Connections;
        var seconds = FixedSeconds + Math.Max(computing, waiting);
        var gbSeconds = Runs * seconds * MemoryMb / 1024;
        var lambda = (gbSeconds * Prices.LambdaArmGbSecond) + (Runs * Prices.LambdaRequest);
        var reportGb = Runs * origins * jsonBytes / 1e9;
        var watch = (Metrics * Prices.MetricMonth) + (Alarms * Prices.AlarmMonth) + (reportGb * Prices.LogGb);
        var storage = (Runs * Puts * Prices.S3Put) + (reportGb * Prices.S3GbMonth);
        var mail = Runs * Prices.SnsEmail;
        return new(
            string.Create(CultureInfo.InvariantCulture, $"A month of nightly runs, {origins:N0} origins"),
            string.Create(CultureInfo.InvariantCulture, $"${lambda + watch + storage + mail:0.00}"),
            string.Create(CultureInfo.InvariantCulture, $"Lambda {gbSeconds:N0} GB-s ${lambda:0.000} ({seconds:0} s a night), CloudWatch ${watch:0.00}, S3 ${storage:0.000}, SNS ${mail:0.000}"));
    }
}
