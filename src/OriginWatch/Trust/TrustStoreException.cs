namespace OriginWatch.Trust;

/// <summary>The trust store is missing, damaged or holds nothing to trust. The message is for the operator and says what to do.</summary>
public sealed class TrustStoreException : Exception
{
    public TrustStoreException()
    {
    }

    public TrustStoreException(string message)
        : base(message)
    {
    }

    public TrustStoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
