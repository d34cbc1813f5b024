namespace OriginWatch.Edge;

/// <summary>Which origins an edge is asked about.</summary>
public enum EdgeMode
{
    /// <summary>None: nothing is sent to a distribution.</summary>
    Off,

    /// <summary>Those that the handshake rejects or cannot judge: silent, in a VPC, with mutual TLS.</summary>
    Undetermined,

    /// <summary>Every custom and VPC origin, HTTP-only ones too.</summary>
    All,
}
