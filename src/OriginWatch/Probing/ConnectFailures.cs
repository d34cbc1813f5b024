using System.Net;
using System.Net.Sockets;
using OriginWatch.Names;

namespace OriginWatch.Probing;

/// <summary>Failures before and while connecting.</summary>
internal static class ConnectFailures
{
    private const string NoIPv6 = "this machine has no IPv6 route to the internet";

    public static ProbeFailure NoSocket(AddressFamily family) =>
        family == AddressFamily.InterNetworkV6
            ? Failure(FailureReason.NoRouteForFamily, NoIPv6)
            : Failure(FailureReason.Unreachable, "this machine could not open a socket");

    public static ProbeFailure Silence(int attempts, TimeSpan timeout) =>
        Failure(
            FailureReason.ConnectTimeout,
            $"no answer to {attempts} connection {(attempts == 1 ? "attempt" : "attempts")} of {timeout.TotalSeconds:0.#} seconds"
        );

    public static ProbeFailure NotAllowed(IPAddress address) =>
        Failure(
            FailureReason.AddressNotAllowed,
            $"the name resolves to {address}, {PublicAddresses.Kind(address)}, "
                + "which is not connected to and which CloudFront cannot reach over the internet"
        );

    public static ProbeFailure OfLookUp(FailureReason reason, string detail) =>
        new()
        {
            Stage = ProbeStage.Resolve,
            Reason = reason,
            Detail = detail,
        };

    public static ProbeFailure Of(SocketError error, IPEndPoint endpoint)
    {
        var isV6 = endpoint.AddressFamily == AddressFamily.InterNetworkV6;
        return error switch
        {
            SocketError.ConnectionRefused => Failure(FailureReason.ConnectionRefused, $"port {endpoint.Port} refused the connection"),
            SocketError.ConnectionReset or SocketError.ConnectionAborted => Failure(
                FailureReason.ConnectionReset,
                $"port {endpoint.Port} reset the connection while it was being opened"
            ),
            SocketError.TimedOut => Failure(FailureReason.ConnectTimeout, "no answer"),
            SocketError.NetworkUnreachable or SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported when isV6 => Failure(
                FailureReason.NoRouteForFamily,
                NoIPv6
            ),
            SocketError.HostUnreachable or SocketError.HostDown => Failure(
                FailureReason.Unreachable,
                "the address is unreachable, as a router on the path reported"
            ),
            SocketError.NetworkUnreachable => Failure(FailureReason.Unreachable, "this machine has no route to the address"),
            _ => Failure(FailureReason.Unreachable, $"the connection could not be opened ({error})"),
        };
    }

    private static ProbeFailure Failure(FailureReason reason, string detail) =>
        new()
        {
            Stage = ProbeStage.Connect,
            Reason = reason,
            Detail = detail,
        };
}
