using System.Globalization;
using System.Text.RegularExpressions;
using OriginWatch.Benchmarks.Measuring;

namespace OriginWatch.Benchmarks.Handshakes;

/// <summary><c>openssl s_time -new</c>: C, one handshake after the other, one context for all.</summary>
internal static partial class OpenSslTime
{
    public static bool IsAvailable => Child.IsInstalled("openssl");

    /// <summary>CPU per handshake in ms, the start of the program included.</summary>
    public static async Task<double> MeasureAsync(int port, string rootFile, int seconds, CancellationToken cancellationToken)
    {
        var (cpu, result) = await Child.TimeAsync("openssl", Arguments(port, rootFile, seconds), cancellationToken);
        return cpu.TotalMilliseconds / Count(result.Output);
    }

    public static IReadOnlyList<string> Arguments(int port, string rootFile, int seconds) =>
        [
            "s_time",
            "-new",
            "-time",
            seconds.ToString(CultureInfo.InvariantCulture),
            "-connect",
            $"127.0.0.1:{port}",
            "-CAfile",
            rootFile,
            "-no-CApath",
            "-no-CAstore",
        ];

    /// <summary>How many handshakes it says it has made.</summary>
    public static int Count(string output) => int.Parse(Connections().Match(output).Groups["count"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?<count>\d+) connections in [\d.]+s;", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Connections();
}
