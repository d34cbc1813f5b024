using System.Text.Json;

namespace OriginWatch.Inventory.Saved;

/// <summary>Writes CloudFront's <c>CacheBehavior</c> without its pattern.</summary>
internal static class BehaviorWriter
{
    public static void Write(Utf8JsonWriter json, CacheBehavior behavior)
    {
        json.WriteString("TargetOriginId", behavior.TargetOriginId);
        json.WriteString("ViewerProtocolPolicy", behavior.ViewerProtocolPolicy.Value);
        json.Text("CachePolicyId", behavior.CachePolicyId);
        json.Text("OriginRequestPolicyId", behavior.OriginRequestPolicyId);
        if (behavior.ForwardedHeaders is { } headers)
        {
            json.Object("ForwardedValues", () => json.Texts("Headers", headers));
        }

        if (behavior.GrpcEnabled)
        {
            json.Object("GrpcConfig", () => json.WriteBoolean("Enabled", true));
        }

        if (behavior.IsSigned)
        {
            json.Object("TrustedKeyGroups", () => json.WriteBoolean("Enabled", true));
        }

        json.Objects(
            "LambdaFunctionAssociations",
            [.. Functions(behavior)],
            function =>
            {
                json.WriteString("LambdaFunctionARN", function.Arn);
                json.WriteString("EventType", function.Event);
            }
        );
    }

    /// <summary>A function that is associated with both events of a request is in both lists of the behavior.</summary>
    private static IEnumerable<(string Arn, string Event)> Functions(CacheBehavior behavior)
    {
        var onOrigin = behavior.OriginRequestFunctionArns.ToList();
        foreach (var arn in behavior.RequestFunctionArns)
        {
            yield return (arn, onOrigin.Remove(arn) ? "origin-request" : "viewer-request");
        }
    }
}
