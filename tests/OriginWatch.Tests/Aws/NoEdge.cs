using OriginWatch.Edge;

namespace OriginWatch.Tests.Aws;

/// <summary>No distribution can be reached: tests do not touch the internet.</summary>
internal sealed class NoEdge : IEdgeClient
{
    public static EdgeClientFactory Factory { get; } = _ => new NoEdge();

    public Task<EdgeReply> AskAsync(EdgeRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<EdgeReply>(new EdgeReply.Nothing("no edge in this test"));
}
