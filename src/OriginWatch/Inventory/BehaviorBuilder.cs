namespace OriginWatch.Inventory;

/// <summary>Makes cache behaviors of what the readers find.</summary>
internal static class BehaviorBuilder
{
    private const string OriginRequest = "origin-request";
    private static readonly string[] RequestEvents = ["viewer-request", OriginRequest];
    private static readonly string[] ResponseEvents = ["viewer-response", "origin-response"];

    public static CacheBehavior BuildDefault(BehaviorDraft draft) => Build(draft, CacheBehavior.DefaultPathPattern);

    public static CacheBehavior BuildOrdered(BehaviorDraft draft) => Build(draft, draft.Source.Required(draft.PathPattern, "PathPattern"));

    private static CacheBehavior Build(BehaviorDraft draft, string pathPattern)
    {
        var policy = new ViewerProtocolPolicy(draft.Source.Required(draft.ViewerProtocolPolicy, "ViewerProtocolPolicy"));
        if (PendingText.Is(policy.Value))
        {
            draft.Source.Remarks.Add($"The ViewerProtocolPolicy of a behavior is not known yet ({policy.Value}).");
        }
        else if (!policy.IsKnown)
        {
            draft.Source.Remarks.UnknownValue("ViewerProtocolPolicy", policy.Value);
        }

        return new()
        {
            PathPattern = pathPattern,
            TargetOriginId = draft.Source.Required(draft.TargetOriginId, "TargetOriginId"),
            ViewerProtocolPolicy = policy,
            CachePolicyId = NullIfEmpty(draft.CachePolicyId),
            OriginRequestPolicyId = NullIfEmpty(draft.OriginRequestPolicyId),
            ForwardedHeaders = draft.ForwardedHeaders,
            GrpcEnabled = draft.GrpcEnabled ?? false,
            IsSigned = draft.IsSigned,
            RequestFunctionArns = ArnsOf(draft.Functions.Where(IsOnRequest)),
            OriginRequestFunctionArns = ArnsOf(draft.Functions.Where(function => function.EventType == OriginRequest)),
        };
    }

    private static string[] ArnsOf(IEnumerable<FunctionDraft> functions) =>
        functions.Select(function => function.Source.Required(function.Arn, "FunctionARN")).ToArray();

    private static bool IsOnRequest(FunctionDraft function)
    {
        var eventType = function.Source.Required(function.EventType, "EventType");
        if (PendingText.Is(eventType) || RequestEvents.Contains(eventType, StringComparer.Ordinal))
        {
            return true;
        }

        if (!ResponseEvents.Contains(eventType, StringComparer.Ordinal))
        {
            function.Source.Remarks.UnknownValue("EventType", eventType);
        }

        return false;
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
