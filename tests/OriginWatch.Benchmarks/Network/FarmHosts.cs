using System.Globalization;
using System.Net;
using OriginWatch.Loopback;
using OriginWatch.Rules;

namespace OriginWatch.Benchmarks.Network;

/// <summary>What is wrong with a host of the farm.</summary>
internal enum FarmFault
{
    None,
    Expired,
    WrongName,
    NoIntermediate,
    SelfSigned,
    ExpiringSoon,
    Blackholed,
}

/// <summary>2,000 hosts of which each twentieth has one of five faults, and 200 whose addresses swallow everything.</summary>
internal static class FarmHosts
{
    public const int Answering = 2_000;
    public const int Blackholed = 200;
    private const int Cycle = 20;

    public static IReadOnlyList<string> Names => [.. Enumerable.Range(0, Answering + Blackholed).Select(Name)];

    /// <summary>All numbers as a listing would have them, where nobody knows who answers: every eleventh is dead.</summary>
    public static IReadOnlyList<int> Mixed =>
        [
            .. Enumerable
                .Range(0, Answering + Blackholed)
                .OrderBy(number => number < Answering ? (number + 0.5) / Answering : (number - Answering + 0.5) / Blackholed),
        ];

    /// <summary>All numbers with the dead at the end.</summary>
    public static IReadOnlyList<int> DeadLast => [.. Enumerable.Range(0, Answering + Blackholed)];

    public static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"h{number:0000}.farm.test");

    /// <summary>Ports that CloudFront connects to: 443, then some above 1,023.</summary>
    public static int Port(int number) => number == 0 ? 443 : 8_443 + number;

    public static IPAddress Address(int number) =>
        FaultOf(number) == FarmFault.Blackholed
            ? new([10, 80, 200, (byte)(1 + number - Answering)])
            : new([10, 80, (byte)(number / 250), (byte)(1 + (number % 250))]);

    public static FarmFault FaultOf(int number) =>
        number >= Answering ? FarmFault.Blackholed
        : number % Cycle <= (int)FarmFault.ExpiringSoon ? (FarmFault)(number % Cycle)
        : FarmFault.None;

    public static CertificateShape ShapeOf(FarmFault fault, DateTimeOffset now) =>
        fault switch
        {
            FarmFault.Expired => new() { NotBefore = now.AddDays(-90), NotAfter = now.AddDays(-1) },
            FarmFault.WrongName => new() { DnsNames = ["other.example"] },
            FarmFault.ExpiringSoon => new() { NotBefore = now.AddDays(-84), NotAfter = now.AddDays(6) },
            _ => new(),
        };

    /// <summary>The verdict, and the only rule of High or above that may fail; null for none.</summary>
    public static (OriginVerdict Verdict, string? Rule) ExpectationOf(FarmFault fault) =>
        fault switch
        {
            FarmFault.Expired => (OriginVerdict.Rejects, "OW301"),
            FarmFault.WrongName => (OriginVerdict.Rejects, "OW304"),
            FarmFault.NoIntermediate => (OriginVerdict.Rejects, "OW402"),
            FarmFault.SelfSigned => (OriginVerdict.Rejects, "OW401"),
            FarmFault.ExpiringSoon => (OriginVerdict.Accepts, "OW303"),
            FarmFault.Blackholed => (OriginVerdict.Undetermined, null),
            _ => (OriginVerdict.Accepts, null),
        };
}
