namespace OriginWatch.Benchmarks.Measuring;

/// <summary>What this process spent on a number of operations.</summary>
/// <param name="CpuMs">User and system time per operation.</param>
/// <param name="AllocatedKb">Managed bytes per operation, in units of 1,024.</param>
/// <param name="PerSecond">Operations per second of wall time.</param>
internal sealed record Effort(double CpuMs, double AllocatedKb, double PerSecond)
{
    /// <summary>Runs <paramref name="work"/>, which does <paramref name="count"/> operations.</summary>
    public static async Task<Effort> OfAsync(int count, Func<Task> work)
    {
        GC.Collect();
        var clock = TimeProvider.System.GetTimestamp();
        var (cpu, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(precise: true));
        await work();
        var (spent, garbage) = (Environment.CpuUsage.TotalTime - cpu, GC.GetTotalAllocatedBytes(precise: true) - allocated);
        return new(
            spent.TotalMilliseconds / count,
            garbage / 1024.0 / count,
            count / TimeProvider.System.GetElapsedTime(clock).TotalSeconds
        );
    }
}

internal static class Statistics
{
    public static double Median(this IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
