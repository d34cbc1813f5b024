using OriginWatch.Inventory;

namespace OriginWatch.Targets;

/// <summary>Equal targets become one object, in the order in which they are first met.</summary>
internal sealed class TargetPool
{
    private readonly Dictionary<ProbeTarget, ProbeTarget> _known = [];
    private readonly List<ProbeTarget> _distinct = [];

    public IReadOnlyList<ProbeTarget> Distinct => _distinct;

    public ProbeTarget For(Origin origin, NamedEndpoint name)
    {
        var config = origin.CustomOriginConfig ?? throw new ArgumentException("Only a custom origin has targets.", nameof(origin));
        var target = new ProbeTarget
        {
            DomainName = name.DomainName,
            Port = config.HttpsPort,
            ServerName = name.ServerName,
            Protocols = OfferedProtocols.Of(config),
            IpAddressType = config.IpAddressType,
            ConnectionAttempts = origin.ConnectionAttempts,
            ConnectionTimeout = origin.ConnectionTimeout,
        };
        if (_known.TryGetValue(target, out var known))
        {
            return known;
        }

        _known.Add(target, target);
        _distinct.Add(target);
        return target;
    }
}
