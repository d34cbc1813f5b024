using System.Diagnostics;
using System.Globalization;
using OriginWatch.Fuzz;

// dotnet run --project tests/OriginWatch.Fuzz -c Release -- CASES [FIRST_SEED]
// Runs that many fuzzed server flights and prints what became of them. Exit code 1 when one threw, took over a second of CPU or allocated
// over 16 MiB.

// dotnet run --project tests/OriginWatch.Fuzz -c Release -- certificates CASES [FIRST_SEED]
// The same with lists of fuzzed certificates, put to the verifier.

if (args is ["certificates", .. var rest])
{
    return CertificateRuns.Run(rest, Console.Out, Console.Error);
}

const long MostBytes = 16 * 1024 * 1024;
var mostTime = TimeSpan.FromSeconds(1);
var cases = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
var first = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 0;

var fuzzer = new FlightFuzzer();
var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
var none = new FuzzOutcome(null, 0, TimeSpan.Zero);
var (slowest, largest, bad) = (none, none, 0);
var start = Stopwatch.GetTimestamp();
for (var seed = first; seed < first + cases; seed++)
{
    try
    {
        var outcome = fuzzer.Run(seed);
        var name = outcome.Reason?.ToString() ?? "Completed";
        counts[name] = counts.GetValueOrDefault(name) + 1;
        slowest = outcome.Cpu > slowest.Cpu ? outcome : slowest;
        largest = outcome.AllocatedBytes > largest.AllocatedBytes ? outcome : largest;
        if (outcome.AllocatedBytes > MostBytes || outcome.Cpu > mostTime)
        {
            bad++;
            await Console.Error.WriteLineAsync($"seed {seed}: {outcome}");
        }
    }
#pragma warning disable CA1031 // Any exception is a finding.
    catch (Exception e)
#pragma warning restore CA1031
    {
        bad++;
        await Console.Error.WriteLineAsync($"seed {seed}: {e}");
    }

    if ((seed - first + 1) % 100_000 == 0)
    {
        await Console.Out.WriteLineAsync(
            $"{seed - first + 1:N0} flights, {bad} bad, {Stopwatch.GetElapsedTime(start).TotalSeconds:N0} s, working set {Environment.WorkingSet / 1024 / 1024} MiB"
        );
    }
}

foreach (var (name, count) in counts)
{
    await Console.Out.WriteLineAsync($"{count, 10:N0}  {name}");
}

await Console.Out.WriteLineAsync(
    $"slowest {slowest.Cpu.TotalMilliseconds:N1} ms of CPU; most allocated {largest.AllocatedBytes / 1024:N0} KiB; {bad} bad of {cases:N0}"
);
return bad == 0 ? 0 : 1;
