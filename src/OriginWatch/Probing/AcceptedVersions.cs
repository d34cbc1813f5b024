using OriginWatch.Tls;

namespace OriginWatch.Probing;

/// <summary>Which versions a server negotiates when each is offered alone; a version that nobody could tell of is in neither set.</summary>
public sealed record AcceptedVersions(ProtocolSet Accepted, ProtocolSet Refused);
