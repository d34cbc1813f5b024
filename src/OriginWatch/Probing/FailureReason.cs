namespace OriginWatch.Probing;

/// <summary>Why a probe failed: a closed list.</summary>
public enum FailureReason
{
    // Resolve
    InvalidName,
    NameNotFound,
    NoAddressOfFamily,
    ServerFailure,
    ResolverTimeout,

    // Connect
    AddressNotAllowed,
    ConnectionRefused,
    ConnectionReset,
    Unreachable,
    NoRouteForFamily,
    ConnectTimeout,

    // Handshake
    ClosedBeforeServerHello,
    ResetBeforeServerHello,
    ClosedDuringHandshake,
    ResetDuringHandshake,
    HandshakeTimeout,
    NotTls,
    AlertReceived,
    NoCommonProtocol,
    NoCommonCipherSuite,
    NoCommonGroup,
    NoCommonSignatureScheme,
    MalformedMessage,
    UnsupportedRetry,
    DowngradeDetected,
    ChainTooLong,
    MessageTooLarge,

    // Any stage
    RunDeadline,
}
