using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OriginWatch.Benchmarks.Measuring;
using OriginWatch.Benchmarks.Servers;
using OriginWatch.Loopback;

namespace OriginWatch.Benchmarks.Network;

/// <summary>Two network namespaces and a slow cable between them: nginx and dnsmasq at one end, the prober at the other.</summary>
internal sealed class Farm : IAsyncDisposable
{
    public const string DnsAddress = "10.78.0.2";
    private readonly List<Child> _children = [];
    private readonly string _clientSide = string.Create(CultureInfo.InvariantCulture, $"owbench-client-{Environment.ProcessId}");
    private readonly string _serverSide = string.Create(CultureInfo.InvariantCulture, $"owbench-server-{Environment.ProcessId}");
    private readonly int _ports;

    private Farm(int ports) => _ports = ports;

    /// <summary>Making namespaces is for root.</summary>
    public static bool IsPossible =>
        Environment.IsPrivilegedProcess
        && File.Exists("/dev/net/tun")
        && Child.IsInstalled("ip")
        && NginxServer.IsAvailable
        && DnsServer.IsAvailable;

    /// <param name="folder">For certificates and settings.</param>
    /// <param name="oneWayMs">Of the cable.</param>
    /// <param name="cancellationToken">Abandons it.</param>
    /// <param name="ports">How many every host answers at, from the first on.</param>
    public static async Task<Farm> StartAsync(WorkFolder folder, int oneWayMs, CancellationToken cancellationToken, int ports = 1)
    {
        var farm = new Farm(ports);
        try
        {
            await farm.BuildAsync(folder, oneWayMs, cancellationToken);
            return farm;
        }
        catch
        {
            await farm.DisposeAsync();
            throw;
        }
    }

    /// <summary>The arguments of ip that run a command where the client is.</summary>
    public IReadOnlyList<string> AtClient(params IEnumerable<string> command) => ["netns", "exec", _clientSide, .. command];

    public async ValueTask DisposeAsync()
    {
        foreach (var child in Enumerable.Reverse(_children))
        {
            child.Dispose();
        }

        foreach (var side in new[] { _clientSide, _serverSide })
        {
            await Child.RunAsync("ip", ["netns", "del", side], CancellationToken.None, mayFail: true);
        }
    }

    private async Task BuildAsync(WorkFolder folder, int oneWayMs, CancellationToken cancellationToken)
    {
        foreach (var side in new[] { _clientSide, _serverSide })
        {
            await Ip("netns", "add", side);
            await Ip("-n", side, "link", "set", "lo", "up");
        }

        var link = Child.StartSelf("link", _clientSide, _serverSide, oneWayMs.ToString(CultureInfo.InvariantCulture));
        _children.Add(link);
        _ = await link.Output.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException("the slow link did not come up");
        await Ip("-n", _clientSide, "route", "add", "10.80.0.0/16", "via", DnsAddress);
        await Ip("-n", _serverSide, "route", "add", "local", "10.80.0.0/17", "dev", "lo"); // one nginx answers on every address of this half
        await Ip("-n", _serverSide, "route", "add", "blackhole", "10.80.128.0/17"); // and the other swallows everything
        folder.Write("nginx.conf", NginxSettings.Render(folder, VirtualHosts(folder, _ports)));
        folder.Write("hosts", string.Concat(FarmHosts.Names.Select((name, number) => $"{FarmHosts.Address(number)} {name}\n")));
        StartInside("nginx", "-c", folder.File("nginx.conf"), "-e", folder.File("nginx.err"));
        StartInside(
            "dnsmasq",
            "--keep-in-foreground",
            "--conf-file=/dev/null",
            "--no-resolv",
            "--no-hosts",
            $"--addn-hosts={folder.File("hosts")}",
            "--local=/test/",
            $"--listen-address={DnsAddress}",
            "--bind-interfaces",
            "--pid-file=",
            "--user=root",
            "--dns-forward-max=5000"
        );
        // nginx takes its time to read the certificates.
        await Ip(
            "netns",
            "exec",
            _serverSide,
            "timeout",
            "60",
            "bash",
            "-c",
            $"until {Opens(DnsAddress, 53)} && {Opens("10.80.0.1", 443)}; do sleep 0.1; done"
        );

        static string Opens(string address, int port) =>
            string.Create(CultureInfo.InvariantCulture, $"(: </dev/tcp/{address}/{port}) 2>/dev/null");

        Task<Finished> Ip(params string[] arguments) => Child.RunAsync("ip", arguments, cancellationToken);
    }

    private void StartInside(string program, params string[] arguments) =>
        _children.Add(Child.Start("ip", ["netns", "exec", _serverSide, program, .. arguments]));

    private static string VirtualHosts(WorkFolder folder, int ports)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var root = CertificateAuthority.CreateRoot("CN=Farm Root", now);
        using var issuing = root.CreateIntermediate("CN=Farm Issuing");
        folder.Write("root.pem", root.Certificate.ExportCertificatePem());
        var listen = string.Concat(
            Enumerable
                .Range(0, ports)
                .Select(FarmHosts.Port)
                .Select(port => string.Create(CultureInfo.InvariantCulture, $"listen {port} ssl; "))
        );
        var text = new StringBuilder();
        for (var number = 0; number < FarmHosts.Answering; number++)
        {
            var (name, fault) = (FarmHosts.Name(number), FarmHosts.FaultOf(number));
            var shape = FarmHosts.ShapeOf(fault, now);
            using var leaf =
                fault == FarmFault.SelfSigned ? CertificateAuthority.SelfSigned(name, now, shape) : issuing.IssueLeaf(name, shape);
            using var key = leaf.GetECDsaPrivateKey()!;
            var rest = fault is FarmFault.NoIntermediate or FarmFault.SelfSigned ? "" : $"\n{issuing.Certificate.ExportCertificatePem()}";
            var chainFile = folder.Write($"{name}.pem", leaf.ExportCertificatePem() + rest);
            var keyFile = folder.Write($"{name}.key", key.ExportPkcs8PrivateKeyPem());
            text.Append(
                CultureInfo.InvariantCulture,
                $"server {{ {listen}server_name {name}; ssl_protocols TLSv1.2 TLSv1.3; ssl_certificate {chainFile}; ssl_certificate_key {keyFile}; }}\n"
            );
        }

        return text.ToString();
    }
}
