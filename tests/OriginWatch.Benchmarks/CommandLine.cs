using System.Globalization;
using OriginWatch.Benchmarks.Handshakes;
using OriginWatch.Benchmarks.Memory;
using OriginWatch.Benchmarks.Origins;

namespace OriginWatch.Benchmarks;

/// <summary>Parts by name; without a name, all of them. One table at the end.</summary>
internal static class CommandLine
{
    private static readonly Dictionary<string, Func<RunSize, Action<string>, CancellationToken, Task<IReadOnlyList<Row>>>> Parts = new(StringComparer.Ordinal)
    {
        ["handshake"] = (size, log, token) => new HandshakePart(size, log).RunAsync(token),
        ["origin"] = (size, log, token) => new OriginPart(size, log).RunAsync(token),
        ["memory"] = (size, log, token) => new MemoryPart(size, log).RunAsync(token),
    };

    /// <summary>Processes that parts start; not for people.</summary>
    private static readonly Dictionary<string, Func<int[], Task>> Workers = new(StringComparer.Ordinal)
    {
        ["relay"] = numbers => Relay.RunAsync(numbers[0], Console.Out),
        ["hold"] = numbers => Holder.RunAsync(numbers[0], numbers[1], numbers[2], Console.Out),
    };

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        if (args.Length > 0 && Workers.TryGetValue(args[0], out var worker))
        {
            await worker(Array.ConvertAll(args[1..], number => int.Parse(number, CultureInfo.InvariantCulture)));
            return 0;
        }

        var quick = args.Contains("--quick", StringComparer.Ordinal);
        var names = args.Where(arg => arg != "--quick").DefaultIfEmpty("all").SelectMany(arg => arg == "all" ? Parts.Keys : Enumerable.Repeat(arg, 1)).ToList();
        if (names.Find(name => !Parts.ContainsKey(name)) is { } unknown)
        {
            await error.WriteLineAsync($"There is no part '{unknown}'. Parts: {string.Join(", ", Parts.Keys)}; --quick for a short look.");
            return 2;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, key) => (key.Cancel, _) = (true, stop.CancelAsync());
        await output.WriteLineAsync($"{Machine.Describe()}\n");
        var rows = new List<Row>();
        foreach (var name in names)
        {
            rows.AddRange(await Parts[name](quick ? RunSize.Quick : RunSize.Full, line => error.WriteLine($"{name}: {line}"), stop.Token));
        }

        await output.WriteLineAsync(Table.Render(rows));
        await output.WriteLineAsync($"Load at the end: {Machine.Load()}");
        return 0;
    }
}
