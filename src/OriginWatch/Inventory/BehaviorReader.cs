namespace OriginWatch.Inventory;

/// <summary>Reads CloudFront's <c>CacheBehavior</c> and <c>DefaultCacheBehavior</c>.</summary>
internal static class BehaviorReader
{
    private static readonly string[] RequestEvents = ["viewer-request", "origin-request"];
    private static readonly string[] ResponseEvents = ["viewer-response", "origin-response"];

    public static CacheBehavior ReadDefault(WireObject wire) => Read(wire, CacheBehavior.DefaultPathPattern);

    public static CacheBehavior ReadOrdered(WireObject wire) => Read(wire, wire.Text("PathPattern"));

    private static CacheBehavior Read(WireObject wire, string pathPattern)
    {
        wire.ReportUnknown("CacheBehavior", KnownMembers.CacheBehavior);
        var policy = new ViewerProtocolPolicy(wire.Text("ViewerProtocolPolicy"));
        if (!policy.IsKnown)
        {
            wire.Remarks.UnknownValue("ViewerProtocolPolicy", policy.Value);
        }

        return new()
        {
            PathPattern = pathPattern,
            TargetOriginId = wire.Text("TargetOriginId"),
            ViewerProtocolPolicy = policy,
            CachePolicyId = wire.OptionalText("CachePolicyId"),
            OriginRequestPolicyId = wire.OptionalText("OriginRequestPolicyId"),
            ForwardedHeaders = wire.OptionalObject("ForwardedValues")?.Texts("Headers"),
            GrpcEnabled = wire.OptionalObject("GrpcConfig")?.OptionalFlag("Enabled") ?? false,
            RequestFunctionArns =
            [
                .. RequestFunctions(wire, "FunctionAssociations", "FunctionARN"),
                .. RequestFunctions(wire, "LambdaFunctionAssociations", "LambdaFunctionARN"),
            ],
        };
    }

    private static IEnumerable<string> RequestFunctions(WireObject behavior, string list, string arn)
    {
        foreach (var association in behavior.Objects(list))
        {
            var eventType = association.Text("EventType");
            if (RequestEvents.Contains(eventType, StringComparer.Ordinal))
            {
                yield return association.Text(arn);
            }
            else if (!ResponseEvents.Contains(eventType, StringComparer.Ordinal))
            {
                association.Remarks.UnknownValue("EventType", eventType);
            }
        }
    }
}
