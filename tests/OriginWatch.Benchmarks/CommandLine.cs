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

namespace OriginWatch.Benchmarks;

/// <summary>Parts by name; without a name, all that <see cref="RunSize"/> takes.</summary>
internal static class CommandLine
{
    private const int WrongUsage = 2;
    private const string All = "all";
    private const string Counts = "counts";

    private static readonly Dictionary<string, Part> Parts = new(StringComparer.Ordinal)
    {
        ["handshake"] = (setup, token) => new HandshakePart(setup.Size, setup.Log).RunAsync(token),
        ["origin"] = (setup, token) => new OriginPart(setup.Size, setup.Log).RunAsync(token),
        ["memory"] = (setup, token) => new MemoryPart(setup.Size, setup.Log).RunAsync(token),
        ["scale"] = (setup, token) => new ScalePart(setup.Size, setup.Log).RunAsync(token),
        ["planning"] = (setup, token) => new PlanningPart(setup.Size, setup.Log).RunAsync(token),
        ["network"] = (setup, token) => new NetworkPart(setup.Programs, setup.Size, setup.Log).RunAsync(token),
        ["organization"] = (setup, token) => new OrganizationPart(setup.Programs, setup.Size, setup.Log).RunAsync(token),
        ["edge"] = (setup, token) => new EdgePart(setup.Size, setup.Log).RunAsync(token),
        [Counts] = (setup, token) => new CountsPart(setup.Size, setup.Log).RunAsync(token),
        ["start"] = (setup, token) => new StartPart(setup.Programs, setup.Size, setup.Log).RunAsync(token),
        ["money"] = (setup, token) => new MoneyPart(setup.Size, setup.Log).RunAsync(token),
    };

    private static readonly Dictionary<string, RunSize> Sizes = new(StringComparer.Ordinal)
    {
        ["--quick"] = RunSize.Quick,
        ["--large"] = RunSize.Large,
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
        ["farm-ask"] = words =>
            FarmAsker.RunAsync(Number(words[0]), Number(words[1]), words[2] == "mixed" ? FarmHosts.Mixed : FarmHosts.DeadLast, Console.Out),
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

        var size = args.Select(arg => Sizes.GetValueOrDefault(arg)).FirstOrDefault(chosen => chosen is not null) ?? RunSize.Full;
        var names = args.Where(arg => !Sizes.ContainsKey(arg))
            .DefaultIfEmpty(All)
            .SelectMany(arg => arg == All ? Parts.Keys.Where(name => size.Counts || name != Counts) : Enumerable.Repeat(arg, 1))
            .ToList();
        if (names.Find(name => !Parts.ContainsKey(name)) is { } unknown)
        {
            await error.WriteLineAsync(
                $"There is no part '{unknown}'. Parts: {string.Join(", ", Parts.Keys)}; --quick for a short look, --large for the sizes of the goals."
            );
            return WrongUsage;
        }

        using var stop = new CancellationTokenSource();
        Action<PosixSignalContext> end = signal => (signal.Cancel, _) = (true, stop.CancelAsync());
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, end);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, end);
        return await new PartRunner(size, output, error).RunAsync(names.Select(name => (name, Parts[name])), stop.Token);
    }

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
