using System.Globalization;
using OriginWatch.Audit;
using Spectre.Console;

namespace OriginWatch.Cli;

/// <summary>Progress on a terminal's stderr while an audit runs, gone when it is done; nothing at all where stderr is no terminal.</summary>
internal sealed class RunDisplay(TextWriter error, bool quiet)
{
    public async Task<T> RunAsync<T>(Func<IProgress<AuditProgress>?, Task<T>> run)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        if (quiet || !console.Profile.Out.IsTerminal || !console.Profile.Capabilities.Ansi || error != Console.Error)
        {
            return await run(null);
        }

        return await console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new RemainingTimeColumn())
            .StartAsync(context => run(new Bar(context)));
    }

    /// <summary>One bar for listing, one for probing, one for the retry of what failed.</summary>
    private sealed class Bar(ProgressContext context) : IProgress<AuditProgress>
    {
        private readonly Lock _lock = new();
        private readonly ProgressTask _listing = context.AddTask("listing distributions").IsIndeterminate();
        private readonly long _started = TimeProvider.System.GetTimestamp();
        private ProgressTask? _looking;
        private (bool Confirming, bool AskingEdge) _stage;

        public void Report(AuditProgress value)
        {
            lock (_lock)
            {
                if (_looking is null || _stage != (value.Confirming, value.AskingEdge))
                {
                    _listing.StopTask();
                    _stage = (value.Confirming, value.AskingEdge);
                    _looking = context.AddTask(Describe(value), maxValue: value.Planned);
                }

                _looking.Description = Describe(value);
                _looking.Value = Math.Max(_looking.Value, value.Done);
            }
        }

        private string Describe(AuditProgress value)
        {
            var rate = value.Done / Math.Max(TimeProvider.System.GetElapsedTime(_started).TotalSeconds, 0.1);
            return value.AskingEdge ? string.Create(CultureInfo.InvariantCulture, $"asking CloudFront: {value.Done} of {value.Planned} requests") : string.Create(
                CultureInfo.InvariantCulture,
                $"{(value.Confirming ? "retry" : "probing")}: {value.Done} of {value.Planned} targets, {value.Failing} failing, {rate:0}/s");
        }
    }
}
