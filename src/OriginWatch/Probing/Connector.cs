using System.Net;
using System.Net.Sockets;
using OriginWatch.Targets;

namespace OriginWatch.Probing;

/// <summary>Opens connections as often as CloudFront tries.</summary>
internal sealed class Connector(TimeProvider time)
{
    /// <param name="endpoint">Where to.</param>
    /// <param name="target">How often it is tried, and how long each time.</param>
    /// <param name="turn">Given away by a connection that meets silence.</param>
    /// <param name="use">What to do on the open connection, and how long the opening took.</param>
    /// <param name="cancellationToken">Abandons it.</param>
    public async Task<ProbeResult> OpenAsync(
        IPEndPoint endpoint,
        ConnectTarget target,
        ConnectionTurn turn,
        Func<Socket, TimeSpan, Task<ProbeResult>> use,
        CancellationToken cancellationToken
    )
    {
        var start = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            using var socket = NewSocket(endpoint.AddressFamily);
            var failure = socket is null
                ? ConnectFailures.NoSocket(endpoint.AddressFamily)
                : await TryConnectAsync(socket, endpoint, target.ConnectionTimeout, turn, cancellationToken).ConfigureAwait(false);
            if (failure is null)
            {
                return await use(socket!, time.GetElapsedTime(start)).ConfigureAwait(false);
            }

            // Only silence is worth another attempt: any other answer was the peer's own.
            if (failure.Reason != FailureReason.ConnectTimeout || attempt >= target.ConnectionAttempts)
            {
                return failure.Reason == FailureReason.ConnectTimeout
                    ? ConnectFailures.Silence(attempt, target.ConnectionTimeout)
                    : failure;
            }
        }
    }

    private static Socket? NewSocket(AddressFamily family)
    {
        try
        {
            return new(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private async Task<ProbeFailure?> TryConnectAsync(
        Socket socket,
        IPEndPoint endpoint,
        TimeSpan timeout,
        ConnectionTurn turn,
        CancellationToken cancellationToken
    )
    {
        using var deadline = new Deadline(timeout, time, cancellationToken);
        using var silence = time.CreateTimer(
            static waiting => ((ConnectionTurn)waiting!).Yield(),
            turn,
            ProbeLimits.Silence,
            Timeout.InfiniteTimeSpan
        );
        try
        {
            await socket.ConnectAsync(endpoint, deadline.Token).ConfigureAwait(false);
            return null;
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return ConnectFailures.Silence(1, timeout);
        }
        catch (SocketException e)
        {
            return ConnectFailures.Of(e.SocketErrorCode, endpoint);
        }
    }
}
