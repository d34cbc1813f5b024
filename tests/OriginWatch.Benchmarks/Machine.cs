using System.Runtime.InteropServices;
using OriginWatch.Text;

namespace OriginWatch.Benchmarks;

/// <summary>The shape of the machine, without which no figure means anything.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 20);
        return $"{Environment.ProcessorCount} × {Field("/proc/cpuinfo", "model name") ?? "unknown processor"}, {memory:N0} MB, "
            + $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, load {Load()}";
    }

    /// <summary>The load average of the last minute: what else the machine was doing.</summary>
    public static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string? Field(string file, string name) =>
        File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
            : null;
}
