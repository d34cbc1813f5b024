namespace OriginWatch.Aws;

/// <summary>Something of a run failed, after everything else of it was done. The message names each failure.</summary>
public sealed class RunFailedException : Exception
{
    public RunFailedException() { }

    public RunFailedException(string message)
        : base(message) { }

    public RunFailedException(string message, Exception innerException)
        : base(message, innerException) { }
}
