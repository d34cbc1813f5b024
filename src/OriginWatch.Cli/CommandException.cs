using OriginWatch.Text;

namespace OriginWatch.Cli;

/// <summary>The command cannot do its job; the message says what to do.</summary>
internal sealed class CommandException : OperatorException
{
    public CommandException() { }

    public CommandException(string message)
        : base(message) { }

    public CommandException(string message, Exception innerException)
        : base(message, innerException) { }
}
