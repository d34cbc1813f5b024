using OriginWatch.Names;
using OriginWatch.Targets;

namespace OriginWatch.Rules.Configuration;

/// <summary>What to do where the Host header that CloudFront forwards is not one that the origin serves.</summary>
internal static class HostRemedy
{
    public const string ServeViewersNames =
        "Add a site and a certificate for the viewers' names (the alternate domain names) to the server.";

    public const string ForwardAllButHost =
        "Stop forwarding Host to this origin: use the managed origin request policy AllViewerExceptHostHeader "
        + "(b689b0a8-53d0-40ab-baf2-68738e2966ac), "
        + "and leave Host out of the cache policy or of ForwardedValues.";

    /// <summary>For a server that is not known to serve any of the names.</summary>
    public static string ServeEither(string originDomain) =>
        UncertifiableNames.OwnerOf(originDomain) is not null
            ? ServeViewersNames
            : $"Stop forwarding Host to this origin and add a site and a certificate for {originDomain} to the server. "
                + "Or add them for the viewers' names (the alternate domain names).";

    /// <summary>For an origin that serves its own domain name well.</summary>
    public static string StopForwarding(PlannedOrigin planned) =>
        UncertifiableNames.OwnerOf(planned.Origin.DomainName) is not null
            ? ServeViewersNames
            : $"{ForwardAllButHost} Or add a site and a certificate for the viewers' names to the server.";

    /// <summary>True where the viewer's name is what the origin is asked for.</summary>
    public static bool IsViewersName(ServerNameRole role) => role != ServerNameRole.OriginDomain;
}
