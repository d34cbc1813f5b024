using OriginWatch.Benchmarks.Measuring;

namespace OriginWatch.Benchmarks.Start;

/// <summary>Programs started in turns, so that what else the machine does meets all of them.</summary>
internal static class Starts
{
    /// <summary>Median CPU of each command in ms, after one start that reads the disk. All must write
    /// <paramref name="expected"/>.</summary>
    public static async Task<IReadOnlyList<double>> MeasureAsync(
        string expected,
        int count,
        Action<string> log,
        CancellationToken cancellationToken,
        params IReadOnlyList<IReadOnlyList<string>> commands
    )
    {
        var times = commands.Select(_ => new List<double>()).ToList();
        for (var start = 0; start <= count; start++)
        {
            log($"start {start} of {count}");
            for (var i = 0; i < commands.Count; i++)
            {
                var (cpu, result) = await Child.TimeAsync(commands[i][0], commands[i].Skip(1), cancellationToken);
                if (!result.Output.Contains(expected, StringComparison.Ordinal))
                {
                    throw new InvalidOperationException(
                        $"{commands[i][0]} ended with {result.Code} and did not write '{expected}': {result.Error}{result.Output}"
                    );
                }

                times[i].AddRange(start > 0 ? [cpu.TotalMilliseconds] : []); // the first reads the disk
            }
        }

        return [.. times.Select(Statistics.Median)];
    }
}
