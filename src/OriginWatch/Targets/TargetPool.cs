using OriginWatch.Inventory;

namespace OriginWatch.Targets;

/// <summary>Equal targets become one object, in the order in which they are first met.</summary>
internal sealed class TargetPool
{
    private readonly Pool<ProbeTarget> _tls = new();
    private readonly Pool<HttpTarget> _http = new();

    public IReadOnlyList<ProbeTarget> Distinct => _tls.Distinct;

    public IReadOnlyList<HttpTarget> DistinctHttp => _http.Distinct;

    public ProbeTarget For(Origin origin, NamedEndpoint name)
    {
        var config = ConfigOf(origin);
        return _tls.Share(
            new()
            {
                DomainName = name.DomainName,
                Port = config.HttpsPort,
                ServerName = name.ServerName,
                Protocols = OfferedProtocols.Of(config),
                IpAddressType = config.IpAddressType,
                ConnectionAttempts = origin.ConnectionAttempts,
                ConnectionTimeout = origin.ConnectionTimeout,
            }
        );
    }

    public HttpTarget ForHttp(Origin origin, string domainName)
    {
        var config = ConfigOf(origin);
        return _http.Share(
            new()
            {
                DomainName = domainName,
                Port = config.HttpPort,
                IpAddressType = config.IpAddressType,
                ConnectionAttempts = origin.ConnectionAttempts,
                ConnectionTimeout = origin.ConnectionTimeout,
            }
        );
    }

    private static CustomOriginConfig ConfigOf(Origin origin) =>
        origin.CustomOriginConfig ?? throw new ArgumentException("Only a custom origin has targets.", nameof(origin));

    private sealed class Pool<T>
        where T : notnull
    {
        private readonly Dictionary<T, T> _known = [];
        private readonly List<T> _distinct = [];

        public IReadOnlyList<T> Distinct => _distinct;

        public T Share(T target)
        {
            if (_known.TryGetValue(target, out var known))
            {
                return known;
            }

            _known.Add(target, target);
            _distinct.Add(target);
            return target;
        }
    }
}
