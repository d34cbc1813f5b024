using OriginWatch.Audit;
using Spectre.Console;

namespace OriginWatch.Cli;

/// <summary>
/// One line of progress on a terminal's stderr while an audit runs, wiped when it is done; nothing at all where stderr is no terminal.
/// A terminal that cannot rewrite a line (<c>TERM=dumb</c>) gets a whole line now and then.
/// </summary>
internal sealed class RunDisplay : IDisposable
{
    private const int FallbackWidth = 80;
    private const string Wipe = "\r\u001b[K";

    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(15);

    private readonly Action<string> _write;
    private readonly bool _rewrites;
    private readonly ProgressText? _progress;
    private readonly Lock _lock = new();
    private ITimer? _timer;
    private string _shown = "";

    public RunDisplay(TextWriter error, bool quiet, string opening = ProgressText.Listing)
    {
        _write = error.Write;
        if (quiet || error != Console.Error || Console.IsErrorRedirected)
        {
            return;
        }

        _progress = new ProgressText(TimeProvider.System, opening);
        _rewrites = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) }).Profile.Capabilities.Ansi;
    }

    public async Task<T> RunAsync<T>(Func<IProgress<AuditProgress>?, Task<T>> run)
    {
        if (_progress is null)
        {
            return await run(null);
        }

        var interval = _rewrites ? Redraw : PlainInterval;
        _timer = TimeProvider.System.CreateTimer(_ => Draw(), null, _rewrites ? TimeSpan.Zero : interval, interval);
        try
        {
            return await run(_progress);
        }
        finally
        {
            await _timer.DisposeAsync();
            Clear();
        }
    }

    /// <summary>Writes a line of its own, above the progress.</summary>
    public void Say(string message)
    {
        lock (_lock)
        {
            _write($"{(_rewrites && _timer is not null ? Wipe : "")}{message}{Environment.NewLine}");
            _shown = "";
        }
    }

    /// <summary>From now on what is under way ends; the line says so and keeps the counts.</summary>
    public void Interrupted(string message)
    {
        _progress?.Stop();
        Say(message);
    }

    public void Dispose() => _timer?.Dispose();

    private void Draw()
    {
        lock (_lock)
        {
            var text = _progress!.Line(Width() - 1);
            if (_timer is null || text == _shown)
            {
                return;
            }

            _shown = text;
            if (_rewrites)
            {
                _write($"{Wipe}{text}");
            }
            else
            {
                _write($"{text}{Environment.NewLine}");
            }
        }
    }

    private void Clear()
    {
        lock (_lock)
        {
            _timer = null;
            if (_rewrites)
            {
                _write(Wipe);
            }
        }
    }

    private static int Width()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : FallbackWidth;
        }
        catch (Exception exception) when (exception is IOException or PlatformNotSupportedException)
        {
            return FallbackWidth;
        }
    }
}
