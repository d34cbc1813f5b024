using OriginWatch.Inventory;
using Sdk = Amazon.CloudFront.Model;

namespace OriginWatch.Aws.CloudFront;

/// <summary>From the API's behaviors to the inventory's.</summary>
internal static class BehaviorReader
{
#pragma warning disable CS0618 // ForwardedValues is obsolete, and distributions still have it.
    public static BehaviorDraft Read(Sdk.CacheBehavior behavior, AnswerSource distribution)
    {
        var source = distribution.In($"behavior {behavior.PathPattern}");
        return new(source)
        {
            PathPattern = behavior.PathPattern,
            TargetOriginId = behavior.TargetOriginId,
            ViewerProtocolPolicy = behavior.ViewerProtocolPolicy?.Value,
            CachePolicyId = behavior.CachePolicyId,
            OriginRequestPolicyId = behavior.OriginRequestPolicyId,
            ForwardedHeaders = Forwarded(behavior.ForwardedValues, source),
            GrpcEnabled = behavior.GrpcConfig?.Enabled,
            IsSigned = behavior.TrustedSigners?.Enabled is true || behavior.TrustedKeyGroups?.Enabled is true,
            Functions = Functions(behavior.FunctionAssociations, behavior.LambdaFunctionAssociations, source),
        };
    }

    public static BehaviorDraft Read(Sdk.DefaultCacheBehavior behavior, AnswerSource distribution)
    {
        var source = distribution.In("the default behavior");
        return new(source)
        {
            TargetOriginId = behavior.TargetOriginId,
            ViewerProtocolPolicy = behavior.ViewerProtocolPolicy?.Value,
            CachePolicyId = behavior.CachePolicyId,
            OriginRequestPolicyId = behavior.OriginRequestPolicyId,
            ForwardedHeaders = Forwarded(behavior.ForwardedValues, source),
            GrpcEnabled = behavior.GrpcConfig?.Enabled,
            IsSigned = behavior.TrustedSigners?.Enabled is true || behavior.TrustedKeyGroups?.Enabled is true,
            Functions = Functions(behavior.FunctionAssociations, behavior.LambdaFunctionAssociations, source),
        };
    }
#pragma warning restore CS0618

    /// <summary>Null where there is no <c>ForwardedValues</c>; an empty list is sent as an absent one.</summary>
    private static IReadOnlyList<string>? Forwarded(Sdk.ForwardedValues? values, AnswerSource source) =>
        values is null ? null : source.Items(values.Headers?.Items, values.Headers?.Quantity, "forwarded headers");

    private static List<FunctionDraft> Functions(
        Sdk.FunctionAssociations? functions,
        Sdk.LambdaFunctionAssociations? lambdas,
        AnswerSource source
    ) =>
        [
            .. source
                .Items(functions?.Items, functions?.Quantity, "functions")
                .Select(function => new FunctionDraft(source, function.EventType?.Value, function.FunctionARN)),
            .. source
                .Items(lambdas?.Items, lambdas?.Quantity, "Lambda functions")
                .Select(function => new FunctionDraft(source, function.EventType?.Value, function.LambdaFunctionARN)),
        ];
}
