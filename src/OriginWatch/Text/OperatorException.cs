namespace OriginWatch.Text;

/// <summary>
/// Something that an operator must read and can put right: the message names what is wrong and says what to do, and is shown as it is.
/// Kinds exist only where a handler does something else for them.
/// </summary>
public class OperatorException : Exception
{
    public OperatorException() { }

    public OperatorException(string message)
        : base(message) { }

    public OperatorException(string message, Exception innerException)
        : base(message, innerException) { }
}
