using System.Globalization;
using System.Text.RegularExpressions;
using OriginWatch.Benchmarks.Measuring;

namespace OriginWatch.Benchmarks.Counts;

/// <summary>Instructions in user space of a program's whole run, and what the program wrote.</summary>
internal sealed record Counted(double Instructions, string Output);

/// <summary>Runs programs under valgrind, which knows no AVX-512, ADX or SHA instructions: libraries take their other ways, for all
/// alike.</summary>
internal static partial class Callgrind
{
    /// <summary>valgrind runs one thread at a time: nothing may spin for another, and no collector needs a thread of its own.</summary>
    private static readonly string[] OneAtATime =
    [
        "DOTNET_PROCESSOR_COUNT=1",
        "DOTNET_gcConcurrent=0",
        "DOTNET_GCHeapHardLimit=0x10000000",
    ];

    /// <summary>Seconds are enough; a run that takes this long hangs.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static bool IsAvailable => Child.IsInstalled("valgrind");

    /// <exception cref="InvalidOperationException">The program failed, did not end or was not counted.</exception>
    public static async Task<Counted> RunAsync(IEnumerable<string> command, CancellationToken cancellationToken)
    {
        var words = command.ToList();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            var result = await Child.RunAsync(
                "env",
                [.. OneAtATime, "valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", "--fair-sched=yes", .. words],
                limit.Token
            );
            return Collected().Match(result.Error) is { Success: true } match
                ? new(double.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture), result.Output)
                : throw new InvalidOperationException($"valgrind counted nothing for {string.Join(' ', words)}: {result.Error}");
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException(
                $"valgrind did not end within {Patience.TotalMinutes} minutes: {string.Join(' ', words)}",
                exception
            );
        }
    }

    [GeneratedRegex(@"Collected : (?<count>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Collected();
}
