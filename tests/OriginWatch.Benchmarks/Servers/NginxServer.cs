using System.Globalization;
using System.Text;
using OriginWatch.Benchmarks.Measuring;

namespace OriginWatch.Benchmarks.Servers;

/// <summary>nginx on every loopback address: a port per column, and a virtual host with a leaf of its own per origin.</summary>
internal sealed class NginxServer : IDisposable
{
    private readonly Child _process;
    private readonly Pki _rsa;
    private readonly Pki _ecdsa;

    private NginxServer(Child process, Pki rsa, Pki ecdsa, IReadOnlyList<TlsColumn> columns) =>
        (_process, _rsa, _ecdsa, Columns) = (process, rsa, ecdsa, columns);

    public IReadOnlyList<TlsColumn> Columns { get; }

    public static bool IsAvailable => Child.IsInstalled("nginx");

    public Pki PkiOf(TlsColumn column) => column.Rsa ? _rsa : _ecdsa;

    /// <summary>The name of a virtual host; number 0 answers for every name that has no host of its own.</summary>
    public static string HostName(int number) => string.Create(CultureInfo.InvariantCulture, $"o{number:00000}.bench.test");

    public static async Task<NginxServer> StartAsync(WorkFolder folder, int hosts, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var (rsa, ecdsa) = (new Pki(rsa: true, now), new Pki(rsa: false, now));
        List<TlsColumn> columns =
        [
            new("1.2", true, Ports.Free()),
            new("1.2", false, Ports.Free()),
            new("1.3", true, Ports.Free()),
            new("1.3", false, Ports.Free()),
        ];
        var vhosts = await VirtualHostsAsync(folder, hosts, rsa, ecdsa, columns, cancellationToken);
        folder.Write("rsa-root.pem", rsa.RootPem);
        folder.Write("ecdsa-root.pem", ecdsa.RootPem);
        var settings = folder.Write("nginx.conf", NginxSettings.Render(folder, vhosts));
        var process = Child.Start("nginx", "-c", settings, "-e", folder.File("nginx.err"));
        await Ports.OpenAsync(columns[^1].Port, cancellationToken);
        return new(process, rsa, ecdsa, columns);
    }

    public void Dispose()
    {
        _process.Dispose();
        _rsa.Dispose();
        _ecdsa.Dispose();
    }

    private static async Task<string> VirtualHostsAsync(
        WorkFolder folder,
        int hosts,
        Pki rsa,
        Pki ecdsa,
        List<TlsColumn> columns,
        CancellationToken cancellationToken
    )
    {
        var blocks = new string[hosts];
        await Parallel.ForAsync(
            0,
            hosts,
            cancellationToken,
            (number, _) =>
            {
                var block = new StringBuilder();
                foreach (var isRsa in new[] { true, false })
                {
                    var (chain, key) = (isRsa ? rsa : ecdsa).WriteLeaf(
                        folder,
                        $"{(isRsa ? "rsa" : "ecdsa")}-{number}",
                        HostName(number),
                        number == 0 ? "*.bench.test" : "www.bench.test"
                    );
                    foreach (var column in columns.Where(column => column.Rsa == isRsa))
                    {
                        block.Append(
                            CultureInfo.InvariantCulture,
                            $"server {{ listen {column.Port} ssl; server_name {HostName(number)}; ssl_protocols TLSv{column.Version}; ssl_certificate {chain}; ssl_certificate_key {key}; }}\n"
                        );
                    }
                }

                blocks[number] = block.ToString();
                return ValueTask.CompletedTask;
            }
        );
        return string.Concat(blocks);
    }
}
