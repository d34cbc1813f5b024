using System.Net;
using OriginWatch.Inventory;
using OriginWatch.Names;

namespace OriginWatch.Probing;

/// <summary>
/// Answers from this machine's hosts file, as programs on it would, and hands every other question on. For a person's own probe alone:
/// CloudFront knows no such file. <c>localhost</c> is loopback whether or not it stands there (RFC 6761, section 6.3).
/// </summary>
public sealed class HostsFileResolver(string path, INameResolver otherwise) : INameResolver
{
    private const long MaxBytes = 4 * 1024 * 1024;
    private const string Localhost = "localhost";

    /// <summary>The operating system's own.</summary>
    public static string SystemPath =>
        OperatingSystem.IsWindows() ? Path.Combine(Environment.SystemDirectory, "drivers", "etc", "hosts") : "/etc/hosts";

    public async Task<NameResolution> ResolveAsync(string name, int port, IpAddressType addressType, CancellationToken cancellationToken)
    {
        var canonical = DomainNames.Canonical(name);
        var addresses = canonical is null ? [] : await FindAsync(canonical, cancellationToken);
        return addresses.Count > 0
            ? NameResolution.Of(addresses, addressType, path, canonical!)
            : await otherwise.ResolveAsync(name, port, addressType, cancellationToken);
    }

    private async Task<IReadOnlyList<IPAddress>> FindAsync(string name, CancellationToken cancellationToken)
    {
        var found = (await LinesAsync(cancellationToken))
            .Select(line => line.Split('#')[0].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 1 && words.Skip(1).Any(word => DomainNames.Canonical(word) == name))
            .Select(words => DomainNames.Literal(words[0]))
            .OfType<IPAddress>()
            .Distinct()
            .ToList();
        return found.Count > 0 || name != Localhost ? found : [IPAddress.Loopback, IPAddress.IPv6Loopback];
    }

    private async Task<string[]> LinesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: <= MaxBytes } ? await File.ReadAllLinesAsync(path, cancellationToken) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
