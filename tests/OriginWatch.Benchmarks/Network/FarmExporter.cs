using System.Globalization;
using OriginWatch.Benchmarks.Handshakes;
using OriginWatch.Benchmarks.Measuring;
using OriginWatch.Benchmarks.Servers;

namespace OriginWatch.Benchmarks.Network;

/// <summary>blackbox-exporter on the farm: what a user would pick instead. It checks chain and name, and says pass or fail.</summary>
internal static class FarmExporter
{
    private const int Port = 9115;

    /// <summary>Seconds from the first question to the last answer; CPU and peak memory of the exporter alone.</summary>
    public static async Task<Watched> RunAsync(
        Farm farm,
        WorkFolder folder,
        int atOnce,
        int timeoutSeconds,
        bool mixed,
        Action<string> log,
        CancellationToken cancellationToken
    )
    {
        var settings = folder.Write(
            "farm-blackbox.yml",
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                modules:
                  tls:
                    prober: tcp
                    timeout: {{timeoutSeconds}}s
                    tcp: { tls: true, preferred_ip_protocol: ip4, tls_config: { ca_file: {{folder.File("root.pem")}} } }
                """
            )
        );
        using var exporter = Child.Start(
            "ip",
            farm.AtClient(
                "sh",
                "-c",
                "mount --bind \"$0\" /etc/resolv.conf && exec \"$@\"", // in a mount namespace of its own
                folder.Write("resolv.conf", $"nameserver {Farm.DnsAddress}\n"),
                BlackboxExporter.Program,
                $"--config.file={settings}",
                string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{Port}"),
                "--log.level=error"
            )
        );
        await Child.RunAsync(
            "ip",
            farm.AtClient("bash", "-c", $"until (: </dev/tcp/127.0.0.1/{Port}) 2>/dev/null; do sleep 0.05; done"),
            cancellationToken
        );
        var before = exporter.Cpu;
        string[] asker = [.. Child.Self, "farm-ask", Text(Port), Text(atOnce), mixed ? "mixed" : "dead-last"];
        var line = (await Child.RunAsync("ip", farm.AtClient(asker), cancellationToken)).Output.Trim().Split(' ');
        log($"blackbox-exporter: {line[0]} s, wrong answers {line[2]}, first {line[3]}; CPU of the asking {line[1]} s");
        return new(
            double.Parse(line[0], CultureInfo.InvariantCulture),
            (exporter.Cpu - before).TotalSeconds,
            exporter.PeakBytes,
            SecondsToOpen: null,
            Code: 0
        )
        {
            Wrong = int.Parse(line[2], CultureInfo.InvariantCulture),
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
