namespace OriginWatch.Inventory;

/// <summary>Reads CloudFront's <c>CacheBehavior</c> and <c>DefaultCacheBehavior</c>.</summary>
internal static class BehaviorReader
{
    public static BehaviorDraft Read(WireObject wire)
    {
        wire.ReportUnknown("CacheBehavior", KnownMembers.CacheBehavior);
        return new(wire)
        {
            PathPattern = wire.OptionalText("PathPattern"),
            TargetOriginId = wire.OptionalText("TargetOriginId"),
            ViewerProtocolPolicy = wire.OptionalText("ViewerProtocolPolicy"),
            CachePolicyId = wire.OptionalText("CachePolicyId"),
            OriginRequestPolicyId = wire.OptionalText("OriginRequestPolicyId"),
            ForwardedHeaders = wire.OptionalObject("ForwardedValues")?.Texts("Headers"),
            GrpcEnabled = wire.OptionalObject("GrpcConfig")?.OptionalFlag("Enabled"),
            IsSigned = IsEnabled(wire, "TrustedSigners") || IsEnabled(wire, "TrustedKeyGroups"),
            Functions =
            [
                .. Functions(wire, "FunctionAssociations", "FunctionARN"),
                .. Functions(wire, "LambdaFunctionAssociations", "LambdaFunctionARN"),
            ],
        };
    }

    private static bool IsEnabled(WireObject behavior, string list) => behavior.OptionalObject(list)?.OptionalFlag("Enabled") ?? false;

    private static IEnumerable<FunctionDraft> Functions(WireObject behavior, string list, string arn) =>
        behavior
            .Objects(list)
            .Select(function => new FunctionDraft(function, function.OptionalText("EventType"), function.OptionalText(arn)));
}
