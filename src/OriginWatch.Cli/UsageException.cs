using OriginWatch.Text;

namespace OriginWatch.Cli;

/// <summary>The command was given something that it cannot take; the message says what it takes.</summary>
internal sealed class UsageException : OperatorException
{
    public UsageException() { }

    public UsageException(string message)
        : base(message) { }

    public UsageException(string message, Exception innerException)
        : base(message, innerException) { }
}
