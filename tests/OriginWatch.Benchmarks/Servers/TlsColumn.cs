namespace OriginWatch.Benchmarks.Servers;

/// <summary>One column of the comparison: a port of the server with one version and one kind of key.</summary>
internal sealed record TlsColumn(string Version, bool Rsa, int Port)
{
    public string Name => $"TLS {Version}, {(Rsa ? "RSA-2048" : "ECDSA P-256")}";
}
