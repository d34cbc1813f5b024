using System.Globalization;
using OriginWatch.Benchmarks.Measuring;
using OriginWatch.Benchmarks.Servers;

namespace OriginWatch.Benchmarks.Scale;

/// <summary>Many targets, each with an address of its own in 127.0.0.0/8, in one process: time and memory.</summary>
internal sealed class ScalePart(RunSize size, Action<string> log)
{
    private const double Mb = 1 << 20;
    private const double Linear = 1.15;
    private const double ResidentMb = 256;
    private const double Flat = 1.1;

    public async Task<IReadOnlyList<Row>> RunAsync(CancellationToken cancellationToken)
    {
        if (!NginxServer.IsAvailable)
        {
            return [Row.Skipped($"{size.ScaleTargets:N0} targets", "nginx is not installed")];
        }

        using var folder = new WorkFolder();
        using var server = await NginxServer.StartAsync(folder, hosts: 1, cancellationToken);
        var column = server.Columns[^1];
        var probed = await RunWorkerAsync("scale-probe", column, folder, 10, cancellationToken);
        var audited = (await RunWorkerAsync("scale-audit", column, folder, 1, cancellationToken))[0];
        return [.. ProberRows(probed), .. AuditRows(audited)];
    }

    private IEnumerable<Row> ProberRows(List<Sample> samples)
    {
        var (early, late) = (samples[1], samples[^1]);
        var count = $"{size.ScaleTargets:N0} targets at 256";
        var before = samples[^2];
        yield return Row.Compared(
            $"{count}: CPU of the last tenth",
            late.CpuSeconds - before.CpuSeconds,
            "s",
            "third tenth",
            samples[2].CpuSeconds - early.CpuSeconds,
            Linear
        );
        yield return new Row(
            $"{count}: wall time without a report",
            Row.Text(late.Seconds, "s"),
            $"{Row.Number(late.Done / late.Seconds)} targets/s; server on the same cores"
        );
        yield return Row.Compared(
            $"{count}: peak resident memory at the end",
            late.Peak / Mb,
            "MB",
            "after the first tenth",
            samples[0].Peak / Mb,
            Flat
        );
        yield return new Row(
            $"{count}: live objects at the end",
            Row.Text(late.Live / Mb, "MB"),
            $"after the first tenth {Row.Text(samples[0].Live / Mb, "MB")}: {Row.Text((late.Live - samples[0].Live) / (late.Done - samples[0].Done), "bytes")} per target"
        );
    }

    private IEnumerable<Row> AuditRows(Sample end)
    {
        var count = $"{size.ScaleTargets:N0} origins, whole audit";
        yield return new Row($"{count}: time", Row.Text(end.Seconds, "s"), $"CPU {Row.Text(end.CpuSeconds, "s")}, accepted {end.Done:N0}");
        yield return Row.Bounded(
            $"{count}: peak memory less the report's",
            (end.Peak - end.Live) / Mb,
            "MB",
            ResidentMb,
            $"peak {Row.Text(end.Peak / Mb, "MB")}, report {Row.Text(end.Live / Mb, "MB")} live ({Row.Text(end.Live / 1024 / end.Done, "KB")} per origin)"
        );
        yield return new Row(
            $"{count}: report as JSON",
            Row.Text(end.Json / Mb, "MB"),
            $"{Row.Text(end.Json / 1024 / end.Done, "KB")} per origin"
        );
    }

    private async Task<List<Sample>> RunWorkerAsync(
        string worker,
        TlsColumn column,
        WorkFolder folder,
        int lines,
        CancellationToken cancellationToken
    )
    {
        using var child = Child.StartSelf(worker, Text(column.Port), Text(size.ScaleTargets), folder.File("ecdsa-root.pem"));
        var samples = new List<Sample>();
        while (samples.Count < lines)
        {
            var line = await child.Output.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException($"{worker} ended early");
            log($"{worker}: {line}");
            samples.Add(Sample.Parse(line));
        }

        return samples;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Sample(double Done, double Seconds, double CpuSeconds, double Resident, double Live, double Json, double Peak)
    {
        public static Sample Parse(string line) =>
            Array.ConvertAll(line.Split(' '), number => double.Parse(number, CultureInfo.InvariantCulture))
                is [var done, var seconds, var cpu, var resident, var live, var json, var peak]
                ? new(done, seconds, cpu, resident, live, json, peak * 1024)
                : throw new FormatException(line);
    }
}
