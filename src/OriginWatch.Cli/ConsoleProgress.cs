namespace OriginWatch.Cli;

/// <summary>One line on a terminal's stderr that is written over until the report comes.</summary>
internal sealed class ConsoleProgress(TextWriter error, bool enabled) : IProgress<AuditProgress>, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly Lock _lock = new();
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private long _shown;
    private int _width;

    public void Report(AuditProgress value)
    {
        if (!enabled)
        {
            return;
        }

        lock (_lock)
        {
            if (value.Done < value.Planned && TimeProvider.System.GetElapsedTime(_shown) < Interval)
            {
                return;
            }

            _shown = TimeProvider.System.GetTimestamp();
            Show($"{(value.Confirming ? "second look" : "probing")}: {value.Done} of {value.Planned} targets, {value.Failing} failing, {TimeProvider.System.GetElapsedTime(_started).TotalSeconds:0} s");
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            if (_width > 0)
            {
                Show("");
                error.Write('\r');
                _width = 0;
            }
        }
    }

    public void Dispose() => Clear();

    private void Show(string line)
    {
        error.Write($"\r{line.PadRight(_width)}");
        _width = line.Length;
    }
}
