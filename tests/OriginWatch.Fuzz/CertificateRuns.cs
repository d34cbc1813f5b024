using System.Globalization;

namespace OriginWatch.Fuzz;

/// <summary>Runs fuzzed lists of certificates and prints what became of them.</summary>
internal static class CertificateRuns
{
    private const long MostBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(1);

    /// <summary>1 when a case threw, took over a second of CPU or allocated too much.</summary>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        var cases = arguments.Count > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 40_000;
        var first = arguments.Count > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 0;
        var fuzzer = new CertificateFuzzer();
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (slowest, largest, bad) = (TimeSpan.Zero, 0L, 0);
        for (var seed = first; seed < first + cases; seed++)
        {
            try
            {
                var (conclusion, allocated, cpu) = fuzzer.Run(seed);
                counts[conclusion] = counts.GetValueOrDefault(conclusion) + 1;
                (slowest, largest) = (cpu > slowest ? cpu : slowest, Math.Max(largest, allocated));
                if (allocated > MostBytes || cpu > MostTime)
                {
                    bad++;
                    error.WriteLine($"seed {seed}: {cpu.TotalMilliseconds:N0} ms, {allocated / 1024:N0} KiB");
                }
            }
#pragma warning disable CA1031 // Any exception is a finding.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                bad++;
                error.WriteLine($"seed {seed}: {exception}");
            }
        }

        foreach (var (name, count) in counts)
        {
            output.WriteLine($"{count, 10:N0}  {name}");
        }

        output.WriteLine(
            $"slowest {slowest.TotalMilliseconds:N1} ms of CPU; most allocated {largest / 1024:N0} KiB; {bad} bad of {cases:N0}"
        );
        return bad == 0 ? 0 : 1;
    }
}
