using OriginWatch.Benchmarks.Servers;

namespace OriginWatch.Benchmarks.Start;

/// <summary>The command line as users have it, and this program as functions are deployed: published when a part first wants them, and kept
/// for the others.</summary>
internal sealed class Programs : IDisposable
{
    private readonly WorkFolder _folder = new();
    private string? _native;
    private string? _runtime;
    private string? _benchmarks;

    /// <summary>One Native AOT file.</summary>
    public async Task<string> NativeAsync(CancellationToken cancellationToken) =>
        _native ??= await new Published(_folder).CliAsync(Compiled.Native, cancellationToken);

    /// <summary>Compiled at run time.</summary>
    public async Task<string> RuntimeAsync(CancellationToken cancellationToken) =>
        _runtime ??= await new Published(_folder).CliAsync(Compiled.AtRunTime, cancellationToken);

    /// <summary>The folder of this program, compiled ahead.</summary>
    public async Task<string> BenchmarksAsync(CancellationToken cancellationToken) =>
        _benchmarks ??= await new Published(_folder).BenchmarksAsync(Compiled.Ahead, cancellationToken);

    public void Dispose() => _folder.Dispose();
}
