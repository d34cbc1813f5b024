using Amazon;

namespace OriginWatch.Aws.History;

/// <summary>Where the memory of the runs lies, and under which names.</summary>
/// <param name="Bucket">Its name.</param>
/// <param name="Region">Where it is.</param>
/// <param name="OwnerAccountId">A bucket of another account is refused; null where the account is not known.</param>
internal sealed record BucketPlace(string Bucket, RegionEndpoint Region, string? OwnerAccountId)
{
    public const string StateKey = "state.json";
    public const string SuppressionsKey = "config/suppressions.yaml";

    public const string RoutesKey = "config/routes.yaml";

    /// <summary>PEM, as <c>scan --roots</c> takes it.</summary>
    public const string RootsKey = "roots/roots.pem";

    /// <summary>States that could not be used. Nothing overwrites or expires them.</summary>
    public const string KeptPrefix = "kept/";

    /// <summary>The one prefix under which objects expire.</summary>
    public const string ReportsPrefix = "reports/";

    public string Address(string key) => $"s3://{Bucket}/{key}";

    /// <summary>
    /// Two ways to an object that ask for the reader's own credentials. A presigned address would die with the function's token and open
    /// the inventory to whoever gets the mail.
    /// </summary>
    public IReadOnlyList<string> WaysTo(string key) =>
        [$"https://{Console()}/s3/object/{Bucket}?region={Region.SystemName}&prefix={key}", $"aws s3 cp {Address(key)} ."];

    private string Console() =>
        Region.PartitionName switch
        {
            "aws-cn" => "console.amazonaws.cn",
            "aws-us-gov" => "console.amazonaws-us-gov.com",
            _ => $"{Region.SystemName}.console.aws.amazon.com",
        };
}
