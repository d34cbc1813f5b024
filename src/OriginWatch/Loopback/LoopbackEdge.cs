using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OriginWatch.Edge;
using OriginWatch.Inventory;
using OriginWatch.Targets;

namespace OriginWatch.Loopback;

/// <summary>What an edge on loopback knows.</summary>
public sealed record LoopbackEdgeShape
{
    public required Listing Listing { get; init; }

    /// <summary>Where the domain name of each origin leads; a name that is not there does not resolve.</summary>
    public required IReadOnlyDictionary<string, IPEndPoint> Origins { get; init; }

    /// <summary>Issues the certificate that viewers see.</summary>
    public required CertificateAuthority Issuer { get; init; }

    /// <summary>The roots that the edge trusts.</summary>
    public required IReadOnlyList<X509Certificate2> Trusted { get; init; }

    /// <summary>Its clock: at which time it judges the origins' certificates.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public string Pop { get; init; } = "LOC50-C1";
}

/// <summary>
/// A server on loopback that behaves as CloudFront's edge: it takes a viewer's request, makes a real TLS connection to the origin with the
/// platform's own
/// client, and answers with CloudFront's headers, or with an error page in words of its own that holds CloudFront's key phrases.
/// </summary>
public sealed class LoopbackEdge : IAsyncDisposable
{
    private readonly LoopbackEdgeShape _shape;
    private readonly HostHeader _hostHeader;
    private readonly X509Certificate2 _certificate;
    private readonly HttpsServer _server;

    private LoopbackEdge(LoopbackEdgeShape shape)
    {
        _shape = shape;
        _hostHeader = new(shape.Listing.Policies);
        var names = shape
            .Listing.Distributions.SelectMany(distribution => distribution.Aliases.Append(distribution.DomainName))
            .Where(name => name.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase);
        _certificate = shape.Issuer.IssueLeaf("edge", new() { DnsNames = [.. names] });
        _server = HttpsServer.Start(_certificate, IssuersOf(shape.Issuer), AnswerAsync);
    }

    public IPEndPoint EndPoint => _server.EndPoint;

    /// <summary>The requests that arrived, in order.</summary>
    public IReadOnlyList<HttpsHead> Requests => _server.Heads;

    public static LoopbackEdge Start(LoopbackEdgeShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return new(shape);
    }

    /// <summary>A client for which every distribution leads here, and that may connect to this endpoint alone.</summary>
    public IEdgeClient Client(EdgeCertificateCheck check, TimeProvider time) =>
        new EdgeClient(
            new()
            {
                Resolve = (_, _, _) => Task.FromResult(new EdgeEndpoints([EndPoint])),
                CheckCertificate = check,
                AllowedEndpoints = new HashSet<IPEndPoint> { EndPoint },
            },
            time
        );

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync().ConfigureAwait(false);
        _certificate.Dispose();
    }

    private static IEnumerable<X509Certificate2> IssuersOf(CertificateAuthority issuer)
    {
        for (var authority = issuer; authority.Issuer is not null; authority = authority.Issuer)
        {
            yield return authority.Certificate;
        }
    }

    private async Task AnswerAsync(HttpsHead head, Stream stream, CancellationToken cancellationToken)
    {
        var answer = DistributionFor(head.Header("Host") ?? "") is { } distribution
            ? await AnswerAsync(distribution, head, cancellationToken).ConfigureAwait(false)
            : LoopbackAnswer.UnknownHost;
        var id = $"{Convert.ToBase64String(RandomNumberGenerator.GetBytes(39)).Replace('+', '-').Replace('/', '_')}==";
        await stream.WriteAsync(Encoding.UTF8.GetBytes(answer.Render(id, _shape.Pop)), cancellationToken).ConfigureAwait(false);
    }

    private async Task<LoopbackAnswer> AnswerAsync(Distribution distribution, HttpsHead head, CancellationToken cancellationToken)
    {
        var path = head.Path.Split('?')[0];
        var behavior =
            distribution.CacheBehaviors.FirstOrDefault(other => new PathPattern(other.PathPattern).Matches(path))
            ?? distribution.DefaultCacheBehavior;
        var members =
            distribution.OriginGroups.FirstOrDefault(group => group.Id == behavior.TargetOriginId)?.MemberOriginIds
            ?? [behavior.TargetOriginId];
        var answer = LoopbackAnswer.NotConnected;
        foreach (var member in members)
        {
            var origin = distribution.Origins.First(other => other.Id == member);
            var serverName = _hostHeader.Decide(behavior).IsForwarded is true ? head.Header("Host")! : origin.DomainName;
            answer = await LoopbackOriginConnection.TryAsync(origin, serverName, _shape, cancellationToken).ConfigureAwait(false);
            if (answer.Status < 500)
            {
                break;
            }
        }

        return answer;
    }

    private Distribution? DistributionFor(string host) =>
        _shape.Listing.Distributions.FirstOrDefault(distribution =>
            !distribution.Staging
            && distribution
                .Aliases.Append(distribution.DomainName)
                .Any(name =>
                    name.Equals(host, StringComparison.OrdinalIgnoreCase)
                    || (name.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(name[1..], StringComparison.OrdinalIgnoreCase))
                )
        );
}
