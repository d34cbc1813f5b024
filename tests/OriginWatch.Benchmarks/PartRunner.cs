using System.Globalization;
using OriginWatch.Benchmarks.Start;

namespace OriginWatch.Benchmarks;

/// <summary>What a part is given.</summary>
/// <param name="Size">How much it measures.</param>
/// <param name="Programs">Published programs that several parts use.</param>
/// <param name="Log">Says what it is doing.</param>
internal sealed record PartSetup(RunSize Size, Programs Programs, Action<string> Log);

internal delegate Task<IReadOnlyList<Row>> Part(PartSetup setup, CancellationToken cancellationToken);

/// <summary>Runs parts one after the other. Each part's table is printed when the part is done: an interruption and a part that fails cost
/// no other part's rows.</summary>
internal sealed class PartRunner(RunSize size, TextWriter output, TextWriter error)
{
    private const int Failed = 1;
    private const int Interrupted = 130;

    public async Task<int> RunAsync(IEnumerable<(string Name, Part Part)> parts, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        await output.WriteLineAsync(Machine.Describe());
        using var programs = new Programs();
        var code = 0;
        foreach (var (name, part) in parts)
        {
            var begin = TimeProvider.System.GetTimestamp();
            try
            {
                var rows = await part(new(size, programs, line => error.WriteLine($"{name}: {line}")), cancellationToken);
                await output.WriteAsync($"\n## {name}, {SecondsSince(begin)}\n\n{Table.Render(rows)}");
            }
#pragma warning disable CA1031 // A part that fails says why, and the others run.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                if (cancellationToken.IsCancellationRequested)
                {
                    await output.WriteLineAsync($"\nInterrupted during {name}, after {SecondsSince(start)}.");
                    return Interrupted;
                }

                await output.WriteLineAsync($"\n## {name}, {SecondsSince(begin)}\n\nFailed: {exception.Message.ReplaceLineEndings(" ")}");
                code = Failed;
            }
        }

        await output.WriteLineAsync($"\nIn all {SecondsSince(start)}; load at the end: {Machine.Load()}");
        return code;
    }

    private static string SecondsSince(long timestamp) =>
        string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetElapsedTime(timestamp).TotalSeconds:0} s");
}
