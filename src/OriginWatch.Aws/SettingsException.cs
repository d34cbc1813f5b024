namespace OriginWatch.Aws;

/// <summary>A setting is missing or wrong. The message names each, and what is allowed.</summary>
public sealed class SettingsException : Exception
{
    public SettingsException()
    {
    }

    public SettingsException(string message)
        : base(message)
    {
    }

    public SettingsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
