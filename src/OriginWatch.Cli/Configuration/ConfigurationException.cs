using OriginWatch.Text;

namespace OriginWatch.Cli.Configuration;

/// <summary>The configuration file is wrong. The message says where and what is allowed.</summary>
internal sealed class ConfigurationException : OperatorException
{
    public ConfigurationException() { }

    public ConfigurationException(string message)
        : base(message) { }

    public ConfigurationException(string message, Exception innerException)
        : base(message, innerException) { }
}
