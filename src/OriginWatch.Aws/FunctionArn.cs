namespace OriginWatch.Aws;

/// <summary><c>arn:partition:lambda:region:account:function:name</c>.</summary>
internal static class FunctionArn
{
    public static string? AccountOf(string arn) => arn.Split(':') is [_, _, _, _, { Length: > 0 } account, ..] ? account : null;

    public static string PartitionOf(string arn) => arn.Split(':') is ["arn", { Length: > 0 } partition, ..] ? partition : "aws";
}
