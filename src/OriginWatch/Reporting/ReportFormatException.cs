namespace OriginWatch.Reporting;

/// <summary>The report cannot be written in a format. The message names the format and says what to do.</summary>
public sealed class ReportFormatException : Exception
{
    public ReportFormatException()
    {
    }

    public ReportFormatException(string message)
        : base(message)
    {
    }

    public ReportFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
