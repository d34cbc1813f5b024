namespace OriginWatch.Benchmarks.Measuring;

/// <summary>The same operation many times, some at once.</summary>
internal static class Crowd
{
    public static Task RunAsync(int count, int atOnce, Func<int, CancellationToken, Task> operation, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
            async (number, token) => await operation(number, token)
        );
}
