using Amazon.CloudFront;
using OriginWatch.Inventory;
using Sdk = Amazon.CloudFront.Model;
using ViewerProtocolPolicy = OriginWatch.Inventory.ViewerProtocolPolicy;

namespace OriginWatch.Aws.CloudFront;

/// <summary>From the API's behaviours to the inventory's.</summary>
internal static class BehaviorReader
{
#pragma warning disable CS0618 // ForwardedValues is obsolete, and distributions still have it.
    public static CacheBehavior Read(Sdk.CacheBehavior behavior, string where) => new()
    {
        PathPattern = Required.Text(behavior.PathPattern, where, "PathPattern"),
        TargetOriginId = Required.Text(behavior.TargetOriginId, where, "TargetOriginId"),
        ViewerProtocolPolicy = new ViewerProtocolPolicy(Required.Text(behavior.ViewerProtocolPolicy?.Value, where, "ViewerProtocolPolicy")),
        CachePolicyId = NullIfEmpty(behavior.CachePolicyId),
        OriginRequestPolicyId = NullIfEmpty(behavior.OriginRequestPolicyId),
        ForwardedHeaders = Forwarded(behavior.ForwardedValues, where),
        GrpcEnabled = behavior.GrpcConfig?.Enabled ?? false,
        RequestFunctionArns = Functions(behavior.FunctionAssociations, behavior.LambdaFunctionAssociations, where),
    };

    public static CacheBehavior Read(Sdk.DefaultCacheBehavior behavior, string where) => new()
    {
        TargetOriginId = Required.Text(behavior.TargetOriginId, where, "TargetOriginId"),
        ViewerProtocolPolicy = new ViewerProtocolPolicy(Required.Text(behavior.ViewerProtocolPolicy?.Value, where, "ViewerProtocolPolicy")),
        CachePolicyId = NullIfEmpty(behavior.CachePolicyId),
        OriginRequestPolicyId = NullIfEmpty(behavior.OriginRequestPolicyId),
        ForwardedHeaders = Forwarded(behavior.ForwardedValues, where),
        GrpcEnabled = behavior.GrpcConfig?.Enabled ?? false,
        RequestFunctionArns = Functions(behavior.FunctionAssociations, behavior.LambdaFunctionAssociations, where),
    };
#pragma warning restore CS0618

    /// <summary>Null where there is no <c>ForwardedValues</c>; an empty list is sent as an absent one.</summary>
    private static IReadOnlyList<string>? Forwarded(Sdk.ForwardedValues? values, string where)
        => values is null ? null : CountedList.Items(values.Headers?.Items, values.Headers?.Quantity, $"forwarded headers of {where}");

    private static List<string> Functions(Sdk.FunctionAssociations? functions, Sdk.LambdaFunctionAssociations? lambdas, string where) =>
    [
        .. CountedList.Items(functions?.Items, functions?.Quantity, $"functions of {where}")
            .Where(function => IsOnRequest(function.EventType)).Select(function => function.FunctionARN ?? ""),
        .. CountedList.Items(lambdas?.Items, lambdas?.Quantity, $"Lambda functions of {where}")
            .Where(function => IsOnRequest(function.EventType)).Select(function => function.LambdaFunctionARN ?? ""),
    ];

    private static bool IsOnRequest(EventType? type) => type == EventType.ViewerRequest || type == EventType.OriginRequest;

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
