using System.Net;
using OriginWatch.Benchmarks.Measuring;

namespace OriginWatch.Benchmarks.Servers;

/// <summary>dnsmasq for the names of the benchmark; asked for real by the resolver.</summary>
internal sealed class DnsServer : IDisposable
{
    private readonly Child _process;

    private DnsServer(Child process, IPEndPoint endpoint) => (_process, Endpoint) = (process, endpoint);

    public static bool IsAvailable => Child.IsInstalled("dnsmasq");

    public IPEndPoint Endpoint { get; }

    /// <summary>An address of its own for every name, so that the bound per address does not slow anything down.</summary>
    public static async Task<DnsServer> StartAsync(
        WorkFolder folder,
        IEnumerable<(IPAddress Address, string Name)> hosts,
        CancellationToken cancellationToken
    )
    {
        var port = Ports.Free();
        var file = folder.Write("hosts", string.Concat(hosts.Select(host => $"{host.Address} {host.Name}\n")));
        var process = Child.Start(
            "dnsmasq",
            "--keep-in-foreground",
            "--conf-file=/dev/null",
            "--no-resolv",
            "--no-hosts",
            $"--addn-hosts={file}",
            "--local=/test/",
            "--listen-address=127.0.0.1",
            "--bind-interfaces",
            $"--port={port}",
            "--pid-file=",
            "--user=root"
        );
        await Ports.OpenAsync(port, cancellationToken);
        return new(process, new(IPAddress.Loopback, port));
    }

    public void Dispose() => _process.Dispose();
}
