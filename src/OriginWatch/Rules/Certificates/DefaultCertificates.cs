using OriginWatch.Trust;

namespace OriginWatch.Rules.Certificates;

/// <summary>Certificates that servers make up for themselves and send for names that they have no site for.</summary>
internal static class DefaultCertificates
{
    private static readonly (string Mark, string Product)[] Marks =
    [
        ("TRAEFIK DEFAULT CERT", "Traefik"),
        ("traefik.default", "Traefik"),
        ("Kubernetes Ingress Controller Fake Certificate", "the Kubernetes ingress controller"),
        ("ingress.local", "the Kubernetes ingress controller"),
        ("NGINXIngressController", "the NGINX ingress controller"),
        ("Plesk", "Plesk"),
        ("Parallels Panel", "Plesk"),
        ("cPanel", "cPanel"),
        ("DirectAdmin", "DirectAdmin"),
        ("Caddy Local Authority", "Caddy"),
        ("FortiGate", "FortiGate"),
        ("SonicWall", "SonicWall"),
        ("Synology", "Synology"),
        ("localhost", "the server"),
        ("localhost.localdomain", "the server"),
    ];

    /// <summary>Whose default certificate it is, for a sentence; null where it is somebody's own.</summary>
    public static string? ProductOf(ServedCertificate leaf)
    {
        var names = leaf.DnsNames.Append(leaf.CommonName ?? "").ToList();
        return Marks
            .FirstOrDefault(mark =>
                names.Exists(name => IsLike(name, mark.Mark)) || leaf.Issuer.Contains($"CN={mark.Mark}", StringComparison.OrdinalIgnoreCase)
            )
            .Product;
    }

    private static bool IsLike(string name, string mark) =>
        string.Equals(name, mark, StringComparison.OrdinalIgnoreCase) || name.EndsWith($".{mark}", StringComparison.OrdinalIgnoreCase);
}
