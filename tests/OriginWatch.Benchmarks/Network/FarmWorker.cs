using System.Globalization;
using System.Net;
using OriginWatch.Audit;
using OriginWatch.Benchmarks.Origins;
using OriginWatch.Probing;
using OriginWatch.Reporting;
using OriginWatch.Rules;
using OriginWatch.SelfTest;
using OriginWatch.Trust;

namespace OriginWatch.Benchmarks.Network;

/// <summary>An audit of the whole farm, in the client's namespace.</summary>
internal static class FarmWorker
{
    private static readonly IPEndPoint Dns = IPEndPoint.Parse("10.78.0.2:53");

    /// <summary>Writes seconds without confirmations, seconds in all, CPU seconds, wrong verdicts, median handshake in ms, and the first
    /// wrong one.</summary>
    public static async Task AuditAsync(int concurrency, int timeoutSeconds, string rootFile, TextWriter output)
    {
        using (var strict = new TlsProber(new(), new DnsResolver(), TimeProvider.System))
        {
            await new Canaries(strict, new RuleCatalog(new()), TimeProvider.System).CheckAsync(CancellationToken.None); // as the function does before it looks at any origin
        }

        using var prober = new TlsProber(
            new() { Concurrency = concurrency, AllowPrivateAddresses = true },
            new DnsResolver([Dns]),
            TimeProvider.System
        );
        var roots = TrustStore.FromPem(await File.ReadAllTextAsync(rootFile), "farm");
        var audit = new AuditRunner(new() { Concurrency = concurrency }, prober, roots, new RuleCatalog(new()), TimeProvider.System);
        var listing = new OriginListing(FarmHosts.Names, 443)
        {
            ConnectionAttempts = 1,
            ConnectionTimeout = TimeSpan.FromSeconds(timeoutSeconds),
        };
        var clock = new FirstLook(TimeProvider.System);
        var report = await audit.RunAsync(listing, clock, CancellationToken.None, CancellationToken.None);
        var wrong = report.Origins.Select(WhatIsWrong).OfType<string>().ToList();
        var handshakes = report
            .Origins.SelectMany(origin => origin.Observation.Targets)
            .SelectMany(target => target.Addresses)
            .Select(address => address.Hellos[0].First.Result.HandshakeTime)
            .OfType<TimeSpan>()
            .Order()
            .ToList();
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{clock.FirstLookTook.TotalSeconds:0.00} {clock.Elapsed.TotalSeconds:0.00} {Environment.CpuUsage.TotalTime.TotalSeconds:0.00} {wrong.Count} {handshakes[handshakes.Count / 2].TotalMilliseconds:0} {(wrong is [var first, ..] ? first : "-")}"
            )
        );
    }

    private static string? WhatIsWrong(OriginReport origin, int number)
    {
        var (verdict, rule) = FarmHosts.ExpectationOf(FarmHosts.FaultOf(number));
        var failing = origin
            .Judgements.Where(judgement =>
                judgement.Verdict is Verdict.Fail fail && (fail.Severity ?? judgement.Rule.Severity) >= Severity.High
            )
            .Select(judgement => judgement.Rule.Id)
            .Distinct(StringComparer.Ordinal);
        return origin.Verdict == verdict && failing.SequenceEqual(rule is null ? [] : [rule], StringComparer.Ordinal)
            ? null
            : $"{FarmHosts.Name(number)} ({FarmHosts.FaultOf(number)}): {origin.Verdict}, failing {string.Join(' ', failing)} {WhatFailed(origin)}";
    }

    private static string WhatFailed(OriginReport origin) =>
        (origin.Observation.Targets[0].Addresses[0].Hellos[0].First.Result as ProbeFailure)?.Detail ?? "";

    /// <summary>Notes when the last target of the first look was done.</summary>
    private sealed class FirstLook(TimeProvider time) : IProgress<AuditProgress>
    {
        private readonly long _start = time.GetTimestamp();
        private long _ended;

        public TimeSpan FirstLookTook => time.GetElapsedTime(_start, Volatile.Read(ref _ended));

        public TimeSpan Elapsed => time.GetElapsedTime(_start);

        public void Report(AuditProgress value)
        {
            if (!value.Confirming && value.Done == value.Planned)
            {
                Volatile.Write(ref _ended, time.GetTimestamp());
            }
        }
    }
}
