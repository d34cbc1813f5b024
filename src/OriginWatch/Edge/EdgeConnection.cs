using System.Net;
using System.Net.Sockets;
using OriginWatch.Names;

namespace OriginWatch.Edge;

/// <summary>No connection to a distribution; the message is one clause for the report.</summary>
internal sealed class EdgeConnectionException : IOException
{
    public EdgeConnectionException() { }

    public EdgeConnectionException(string message)
        : base(message) { }

    public EdgeConnectionException(string message, Exception? innerException)
        : base(message, innerException) { }
}

/// <summary>Connects to a distribution: public addresses alone, each for a few seconds, one after the other.</summary>
internal sealed class EdgeConnection(EdgeClientOptions options, TimeProvider time)
{
    /// <exception cref="EdgeConnectionException">No address of the name may be connected to, or none answers.</exception>
    public async ValueTask<Stream> OpenAsync(string name, int port, CancellationToken cancellationToken)
    {
        var resolved = await options.Resolve(name, port, cancellationToken).ConfigureAwait(false);
        if (resolved.EndPoints.Count == 0)
        {
            throw new EdgeConnectionException($"the distribution's name does not resolve: {resolved.Problem ?? "it has no address"}");
        }

        List<IPEndPoint> endpoints = [.. resolved.EndPoints.Take(EdgeLimits.Addresses)];
        endpoints.ForEach(Guard);
        SocketException? last = null;
        foreach (var endpoint in endpoints)
        {
            try
            {
                return await ConnectAsync(endpoint, cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException exception)
            {
                last = exception;
            }
        }

        throw new EdgeConnectionException("the distribution's addresses do not accept connections from here", last);
    }

    /// <summary>Every address before any: a name that leads to a private address beside public ones is not trusted with one of
    /// them.</summary>
    private void Guard(IPEndPoint endpoint)
    {
        if (!options.AllowPrivateAddresses && !PublicAddresses.IsPublic(endpoint.Address) && !options.AllowedEndpoints.Contains(endpoint))
        {
            throw new EdgeConnectionException(
                $"the distribution's name leads to {PublicAddresses.Kind(endpoint.Address)}, which is not connected to"
            );
        }
    }

    private async Task<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
#pragma warning disable CA2000 // The stream owns the socket; without a stream it is disposed of below.
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
#pragma warning restore CA2000
        try
        {
            await ConnectAsync(socket, endpoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task ConnectAsync(Socket socket, IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        using var bound = new CancellationTokenSource(EdgeLimits.Connect, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        try
        {
            await socket.ConnectAsync(endpoint, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SocketException((int)SocketError.TimedOut);
        }
    }
}
