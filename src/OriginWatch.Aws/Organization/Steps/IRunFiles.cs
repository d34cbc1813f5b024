namespace OriginWatch.Aws.Organization.Steps;

/// <summary>What steps leave for one another: a bucket on AWS.</summary>
internal interface IRunFiles
{
    /// <summary>Null where there is none; one byte more than <paramref name="maxBytes"/> at most.</summary>
    /// <exception cref="Text.OperatorException">It could not be read.</exception>
    Task<ReadOnlyMemory<byte>?> ReadAsync(string key, int maxBytes, CancellationToken cancellationToken);

    /// <exception cref="Text.OperatorException">It could not be written.</exception>
    Task WriteAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);
}
