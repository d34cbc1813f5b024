using System.Globalization;
using OriginWatch.Benchmarks.Measuring;
using OriginWatch.Benchmarks.Network;
using OriginWatch.Benchmarks.Servers;
using OriginWatch.Benchmarks.Start;

namespace OriginWatch.Benchmarks.Organization;

/// <summary>An organization by steps against the same in one process, over 80 ms of round trip, both compiled ahead as the functions are
/// deployed. AWS itself (its start of functions, S3, the listing) is not in it.</summary>
internal sealed class OrganizationPart(Programs programs, RunSize size, Action<string> log)
{
    private const int OneWayMs = 40;

    /// <summary>As many as the template opens by default.</summary>
    private const int Connections = 64;

    /// <summary>Lookup, connection, and two for the handshake.</summary>
    private const int RoundTrips = 4;

    /// <summary>Of twenty hosts four.</summary>
    private const double Rejected = 0.2;

    /// <summary>What is rejected is looked at again after five seconds.</summary>
    private const double Looks = 1 + Rejected;

    private const double ConfirmationSeconds = 5;
    private const double OfOneProcess = 1.2;
    private const double OfBound = 1.3;
    private const double MostMb = 512;
    private const double Mb = 1 << 20;
    private static readonly string[] Steps = ["gather", "plan", "probe", "conclude"];

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken cancellationToken)
    {
        if (!Farm.IsPossible || Published.Root is null)
        {
            return [Row.Skipped("Organization", "needs root, /dev/net/tun, iproute2, nginx, dnsmasq and the sources")];
        }

        using var folder = new WorkFolder();
        log("publishing this program, ReadyToRun");
        string[] program = ["dotnet", "exec", Path.Combine(await programs.BenchmarksAsync(cancellationToken), Child.Program)];
        log("building the farm");
        await using var farm = await Farm.StartAsync(folder, OneWayMs, cancellationToken, OrganizationPlan.Ports);
        var direct = await RunAsync(
            farm,
            program,
            ["organization-direct", Text(size.OrganizationTargets), Text(Connections), folder.File("root.pem")],
            cancellationToken
        );
        var steps = new List<Ended>();
        var files = Directory.CreateDirectory(folder.File("files")).FullName;
        foreach (var step in Steps)
        {
            steps.Add(
                await RunAsync(
                    farm,
                    program,
                    ["organization-step", step, Text(size.OrganizationTargets), Text(Connections), folder.File("root.pem"), files],
                    cancellationToken
                )
            );
        }

        return [.. Rows(direct, steps)];
    }

    private IEnumerable<Row> Rows(Ended direct, List<Ended> steps)
    {
        var targets = size.OrganizationTargets;
        var what = string.Create(
            CultureInfo.InvariantCulture,
            $"Organization, {OrganizationPlan.AccountsOf(targets):N0} accounts, {OrganizationPlan.Origins(targets):N0} origins, {targets:N0} targets, {Connections} at a time"
        );
        var bound = (Looks * targets * RoundTrips * 2 * OneWayMs / 1000.0 / Connections) + ConfirmationSeconds;
        var wall = steps.Sum(step => step.Seconds);
        yield return Row.Compared($"{what}: time of all functions", wall, "s", "one process", direct.Seconds, OfOneProcess);
        yield return Row.Compared($"{what}: wall time", wall, "s", "bound of one process", bound, OfBound);
        yield return Row.Compared(
            $"{what}: CPU of all functions",
            steps.Sum(step => step.CpuSeconds),
            "s",
            "one process",
            direct.CpuSeconds,
            null
        );
        yield return new Row(
            $"{what}: gather, plan, probe, conclude",
            string.Join(", ", steps.Select(step => Row.Text(step.Seconds, "s"))),
            $"peak memory {string.Join(", ", steps.Select(step => Row.Text(step.Peak / Mb, "MB")))}"
        );
        yield return Row.Bounded(
            $"{what}: peak memory of conclude",
            steps[^1].Peak / Mb,
            "MB",
            MostMb,
            $"one process {Row.Text(direct.Peak / Mb, "MB")}"
        );
        yield return new Row(
            $"{what}: origins rejected",
            Row.Number(steps[^1].Count),
            $"one process {Row.Number(direct.Count)}",
            Row.Number(OrganizationPlan.Origins(targets) * Rejected),
            steps[^1].Count.Equals(direct.Count) && direct.Count.Equals(OrganizationPlan.Origins(targets) * Rejected)
        );
        yield return new Row(
            $"{what}: bytes in S3 per target",
            Row.Text(steps[..3].Sum(step => step.Bytes) / targets, "bytes"),
            $"inventories {Row.Number(steps[0].Bytes / targets)}, shards {Row.Number(steps[1].Bytes / targets)}, observations {Row.Number(steps[2].Bytes / targets)} (ten targets share a certificate); beside them reports and state {Row.Number(steps[3].Bytes / targets)}"
        );
    }

    private async Task<Ended> RunAsync(
        Farm farm,
        IReadOnlyList<string> program,
        IReadOnlyList<string> command,
        CancellationToken cancellationToken
    )
    {
        var line = (await Child.RunAsync("ip", farm.AtClient([.. program, .. command]), cancellationToken)).Output.Trim();
        log($"{string.Join(' ', command.Take(2))}: {line}");
        return
            Array.ConvertAll(line.Split(' '), number => double.Parse(number, CultureInfo.InvariantCulture))
                is [var seconds, var cpu, var peak, var count, var bytes]
            ? new(seconds, cpu, peak, count, bytes)
            : throw new FormatException(line);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Ended(double Seconds, double CpuSeconds, double Peak, double Count, double Bytes);
}
