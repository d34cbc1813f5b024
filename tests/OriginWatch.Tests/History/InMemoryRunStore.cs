using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using OriginWatch.History;

namespace OriginWatch.Tests.History;

/// <summary>A run store that forgets nothing of what was done to it. <see cref="Before"/> and <see cref="After"/> stand in for a process
/// that dies or a service that fails.</summary>
internal sealed class InMemoryRunStore : IRunStore
{
    private readonly Lock _lock = new();
    private StoredState? _state;
    private int _version;

    public string Location => "memory/state.json";
    public ConcurrentDictionary<string, ReadOnlyMemory<byte>> Reports { get; } = new(StringComparer.Ordinal);
    public List<ReadOnlyMemory<byte>> KeptAside { get; } = [];
    public string? Suppressions { get; set; }
    public string? Routes { get; set; }
    public int Writes { get; private set; }

    /// <summary>Called with the operation's name before it takes effect.</summary>
    public Action<string> Before { get; set; } = _ => { };

    /// <summary>Called after it took effect and before its answer arrives.</summary>
    public Action<string> After { get; set; } = _ => { };

    /// <summary>What the caller hears of a write that took effect: a retry inside a client may hear of a conflict with itself.</summary>
    public Func<StateWrite, StateWrite> Answer { get; set; } = write => write;

    public RunState? State => _state is { } stored && RunStateJson.Read(stored.Content) is StateReading.Usable(var state) ? state : null;

    public void Put(string content) => _state = new(Encoding.UTF8.GetBytes(content), NextVersion());

    /// <summary>Somebody writes the same again.</summary>
    public void Touch() => _state = _state! with { Version = NextVersion() };

    public Task<StoredState?> ReadStateAsync(CancellationToken cancellationToken) => Do("read state", () => _state);

    public Task<StateWrite> WriteStateAsync(ReadOnlyMemory<byte> content, string? expected, CancellationToken cancellationToken) =>
        Do(
            "write state",
            () =>
            {
                if (_state?.Version != expected)
                {
                    return StateWrite.Conflict;
                }

                Writes++;
                _state = new(content.ToArray(), NextVersion());
                return Answer(StateWrite.Written(_state.Version));
            }
        );

    public Task<string> KeepStateAsideAsync(CancellationToken cancellationToken) =>
        Do(
            "keep aside",
            () =>
            {
                KeptAside.Add(_state!.Content);
                return $"memory/state-kept-{KeptAside.Count}.json";
            }
        );

    public Task WriteReportAsync(ReportObject report, CancellationToken cancellationToken) =>
        Do(
            "write report",
            () =>
            {
                using var content = new MemoryStream();
                report.Content.CopyTo(content);
                return Reports[report.Name] = content.ToArray();
            }
        );

    public Task<ReadOnlyMemory<byte>?> ReadSuppressionsAsync(CancellationToken cancellationToken) =>
        Do<ReadOnlyMemory<byte>?>("read suppressions", () => Suppressions is null ? null : Encoding.UTF8.GetBytes(Suppressions));

    public Task<ReadOnlyMemory<byte>?> ReadRoutesAsync(CancellationToken cancellationToken) =>
        Do<ReadOnlyMemory<byte>?>("read routes", () => Routes is null ? null : Encoding.UTF8.GetBytes(Routes));

    private string NextVersion() => (++_version).ToString(CultureInfo.InvariantCulture);

    private Task<T> Do<T>(string operation, Func<T> act)
    {
        Before(operation);
        T result;
        lock (_lock)
        {
            result = act();
        }

        After(operation);
        return Task.FromResult(result);
    }
}
