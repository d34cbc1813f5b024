namespace OriginWatch.Tests.Aws;

[CollectionDefinition(nameof(SharedPlainMoto))]
public sealed class OnePlainMoto : ICollectionFixture<SharedPlainMoto>;

/// <summary>One moto for the few tests that need one, started when the first of them asks.</summary>
public sealed class SharedPlainMoto : IAsyncDisposable
{
    private PlainMoto? _moto;

    internal async Task<PlainMoto> StartedAsync(CancellationToken cancellationToken)
    {
        Tools.SkipOrFail(await PlainMoto.MissingAsync());
        return _moto ??= await PlainMoto.StartAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_moto is not null)
        {
            await _moto.DisposeAsync();
        }
    }
}

/// <summary>moto as it is, without a deployment: for the services that only one test asks.</summary>
internal sealed class PlainMoto : IAsyncDisposable
{
    private readonly MotoProcess _moto;

    private PlainMoto(MotoProcess moto) => _moto = moto;

    public string Url => _moto.Url;

    public static Task<string?> MissingAsync() => Tools.MissingPythonAsync("moto.server, boto3, flask");

    public static async Task<PlainMoto> StartAsync(CancellationToken cancellationToken) =>
        new(await MotoProcess.StartAsync(port => ["-m", "moto.server", "-H", "127.0.0.1", "-p", port], cancellationToken));

    /// <summary>What the script prints for one of its commands.</summary>
    public async Task<string> RunAsync(string command, params IEnumerable<string> arguments) =>
        (await Tools.RunAsync("python3", [Tools.InTests("Aws", "plain_moto.py"), Url, command, .. arguments])).Trim();

    public ValueTask DisposeAsync() => _moto.DisposeAsync();
}
