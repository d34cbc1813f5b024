using System.Globalization;
using System.Runtime.InteropServices;
using OriginWatch.Benchmarks.Counts;
using OriginWatch.Benchmarks.Edge;
using OriginWatch.Benchmarks.Handshakes;
using OriginWatch.Benchmarks.Memory;
using OriginWatch.Benchmarks.Money;
using OriginWatch.Benchmarks.Network;
using OriginWatch.Benchmarks.Organization;
using OriginWatch.Benchmarks.Origins;
using OriginWatch.Benchmarks.Scale;
using OriginWatch.Benchmarks.Start;
using OriginWatch.Text;

namespace OriginWatch.Benchmarks;

/// <summary>Parts by name; without a name, all of them. One table at the end.</summary>
internal static class CommandLine
{
    private static readonly Dictionary<string, Func<RunSize, Action<string>, CancellationToken, Task<IReadOnlyList<Row>>>> Parts = new(
        StringComparer.Ordinal
    )
    {
        ["handshake"] = (size, log, token) => new HandshakePart(size, log).RunAsync(token),
        ["origin"] = (size, log, token) => new OriginPart(size, log).RunAsync(token),
        ["memory"] = (size, log, token) => new MemoryPart(size, log).RunAsync(token),
        ["scale"] = (size, log, token) => new ScalePart(size, log).RunAsync(token),
        ["planning"] = (size, log, token) => new PlanningPart(size, log).RunAsync(token),
        ["network"] = (size, log, token) => new NetworkPart(size, log).RunAsync(token),
        ["organization"] = (size, log, token) => new OrganizationPart(size, log).RunAsync(token),
        ["edge"] = (size, log, token) => new EdgePart(size, log).RunAsync(token),
        ["counts"] = (_, log, token) => new CountsPart(log).RunAsync(token),
        ["start"] = (_, log, token) => new StartPart(log).RunAsync(token),
        ["money"] = (size, log, token) => new MoneyPart(size, log).RunAsync(token),
    };

    /// <summary>Processes that parts start; not for people.</summary>
    private static readonly Dictionary<string, Func<string[], Task>> Workers = new(StringComparer.Ordinal)
    {
        ["handshakes"] = words => HandshakeWorker.ProbeAsync(Number(words[0]), Number(words[1]), Number(words[2])),
        ["streams"] = words => HandshakeWorker.StreamAsync(Number(words[0]), Number(words[1]), Number(words[2]), words[3]),
        ["relay"] = words => Relay.RunAsync(Number(words[0]), Console.Out),
        ["hold"] = words => Holder.RunAsync(Number(words[0]), Number(words[1]), Number(words[2]), Console.Out),
        ["scale-probe"] = words => ScaleWorker.ProbeAsync(Number(words[0]), Number(words[1]), words[2], Console.Out),
        ["scale-audit"] = words => ScaleWorker.AuditAsync(Number(words[0]), Number(words[1]), words[2], Console.Out),
        ["farm-audit"] = words => FarmWorker.AuditAsync(Number(words[0]), Number(words[1]), words[2], Console.Out),
        ["organization-direct"] = words => OrganizationWorker.DirectAsync(Number(words[0]), Number(words[1]), words[2], Console.Out),
        ["organization-step"] = words =>
            OrganizationWorker.StepAsync(words[0], Number(words[1]), Number(words[2]), words[3], words[4], Console.Out),
        ["first-handshake"] = words => FirstHandshake.RunAsync(Number(words[0]), Console.Out),
        ["link"] = words => DelayedLink.RunAsync(words[0], words[1], Number(words[2]), Console.Out),
    };

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        if (args.Length > 0 && Workers.TryGetValue(args[0], out var worker))
        {
            await worker(args[1..]);
            return 0;
        }

        var quick = args.Contains("--quick", StringComparer.Ordinal);
        var names = args.Where(arg => arg != "--quick")
            .DefaultIfEmpty("all")
            .SelectMany(arg => arg == "all" ? Parts.Keys : Enumerable.Repeat(arg, 1))
            .ToList();
        if (names.Find(name => !Parts.ContainsKey(name)) is { } unknown)
        {
            await error.WriteLineAsync($"There is no part '{unknown}'. Parts: {string.Join(", ", Parts.Keys)}; --quick for a short look.");
            return 2;
        }

        using var stop = new CancellationTokenSource();
        Action<PosixSignalContext> end = signal => (signal.Cancel, _) = (true, stop.CancelAsync());
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, end);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, end);
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

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
