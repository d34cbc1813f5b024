using System.Net;

namespace OriginWatch.Edge;

/// <summary>One GET to a distribution.</summary>
/// <param name="Host">Host header and SNI.</param>
/// <param name="ConnectTo">The name that is resolved and connected to.</param>
/// <param name="Port">443, but for tests.</param>
/// <param name="PathAndQuery">From <see cref="EdgeQuestion.PathFor"/>.</param>
/// <param name="TimeBudget">For everything: resolving, connecting, waiting, reading.</param>
public sealed record EdgeRequest(string Host, string ConnectTo, int Port, string PathAndQuery, TimeSpan TimeBudget);

/// <summary>Makes one bounded request. Whatever goes wrong is in the reply.</summary>
public interface IEdgeClient
{
    /// <summary>Throws only when <paramref name="cancellationToken"/> is cancelled.</summary>
    Task<EdgeReply> AskAsync(EdgeRequest request, CancellationToken cancellationToken);
}

/// <summary>Where a distribution's name leads: endpoints, or one clause why there are none.</summary>
public sealed record EdgeEndpoints(IReadOnlyList<IPEndPoint> EndPoints, string? Problem = null);

/// <summary>Resolves a distribution's name. Throws only when cancelled.</summary>
public delegate Task<EdgeEndpoints> EdgeResolver(string name, int port, CancellationToken cancellationToken);

/// <summary>Judges the certificate of an edge for a Host: null where it is good, else one clause.</summary>
/// <param name="host">The name that was asked for.</param>
/// <param name="sent">The certificates, leaf first, as they were sent.</param>
public delegate string? EdgeCertificateCheck(string host, IReadOnlyList<ReadOnlyMemory<byte>> sent);

/// <summary>Makes a client that judges the edges' certificates by the run's own trust store.</summary>
public delegate IEdgeClient EdgeClientFactory(EdgeCertificateCheck check);

/// <summary>What an edge client is put together from.</summary>
public sealed record EdgeClientOptions
{
    public required EdgeResolver Resolve { get; init; }
    public required EdgeCertificateCheck CheckCertificate { get; init; }

    /// <summary>Lets it connect to addresses that are not public. Never set in the Lambda.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>Endpoints that may be connected to although they are not public. Only code sets them: demo and canaries.</summary>
    internal IReadOnlySet<IPEndPoint> AllowedEndpoints { get; init; } = new HashSet<IPEndPoint>();
}
