using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OriginWatch.Cli;

/// <summary>The first Ctrl-C or SIGTERM ends the probing, so that what is known is still reported; the second ends the process.</summary>
internal sealed class Interrupt : IDisposable
{
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _source;
    private readonly Action<string> _tell;
    private readonly List<PosixSignalRegistration> _registrations = [];
    private long _first;

    /// <param name="tell">Where the operator reads it.</param>
    /// <param name="cancellationToken">Ends the probing too, silently.</param>
    public Interrupt(Action<string> tell, CancellationToken cancellationToken)
    {
        _tell = tell;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal));
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
        {
            // GNU timeout signals its child and then the child's whole process group: the same request arrives twice at once.
            context.Cancel = Stopwatch.GetElapsedTime(_first) < Together;
            return;
        }

        _first = Stopwatch.GetTimestamp();

        context.Cancel = true;
        _source.Cancel();
        _tell("originwatch: interrupted; reporting what is known so far");
    }
}
