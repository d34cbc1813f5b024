using System.Globalization;

namespace OriginWatch.Benchmarks.Measuring;

/// <summary>What a process took, seen from outside.</summary>
/// <param name="Seconds">From its start to its end.</param>
/// <param name="CpuSeconds">User and system time.</param>
/// <param name="PeakBytes">The most that was resident (VmHWM).</param>
/// <param name="SecondsToOpen">From its start until more connections were opened than were asked about; null where that never was.</param>
/// <param name="Code">With which it ended.</param>
internal sealed record Watched(double Seconds, double CpuSeconds, double PeakBytes, double? SecondsToOpen, int Code)
{
    /// <summary>How many of its answers are wrong.</summary>
    public int Wrong { get; init; }

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <summary>Runs a program in another network namespace to its end.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="opensBefore">TCP connections opened in that namespace so far.</param>
    /// <param name="opens">Noted is when the program has opened more than these.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<Watched> RunAsync(
        string program,
        IEnumerable<string> arguments,
        long opensBefore,
        int opens,
        CancellationToken cancellationToken
    )
    {
        var clock = TimeProvider.System.GetTimestamp();
        var (cpu, peak, opened) = (0.0, 0L, (double?)null);
        using var child = Child.Start(program, arguments);
        var output = child.Output.ReadToEndAsync(cancellationToken);
        while (!child.HasEnded)
        {
            try
            {
                (cpu, peak) = (child.Cpu.TotalSeconds, child.PeakBytes);
                opened ??=
                    NamespaceOf(child.Id) != NamespaceOf(Environment.ProcessId)
                    && OpensOf(await File.ReadAllTextAsync($"/proc/{child.Id}/net/snmp", cancellationToken)) - opensBefore > opens
                        ? TimeProvider.System.GetElapsedTime(clock).TotalSeconds
                        : null;
            }
            catch (Exception exception) when (exception is IOException or InvalidOperationException or FormatException)
            {
                // It has ended in between: the last figures stand.
            }

            await Task.Delay(Interval, cancellationToken);
        }

        var seconds = TimeProvider.System.GetElapsedTime(clock).TotalSeconds;
        await output;
        return new(seconds, cpu, peak, opened, await child.EndAsync(cancellationToken));
    }

    /// <summary>Connections opened so far, from the text of /proc/net/snmp: a line of names, a line of numbers.</summary>
    public static long OpensOf(string counters)
    {
        var lines = counters.Split('\n').Where(line => line.StartsWith("Tcp:", StringComparison.Ordinal)).ToList();
        return long.Parse(lines[1].Split(' ')[Array.IndexOf(lines[0].Split(' '), "ActiveOpens")], CultureInfo.InvariantCulture);
    }

    private static string? NamespaceOf(int process) => File.ResolveLinkTarget($"/proc/{process}/ns/net", returnFinalTarget: false)?.Name;
}
