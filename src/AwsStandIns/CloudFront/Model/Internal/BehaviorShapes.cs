using System.Xml.Linq;
using AwsStandIns.Runtime;

namespace Amazon.CloudFront.Model.Internal;

/// <summary>From REST-XML to the model: cache behaviors.</summary>
internal static class BehaviorShapes
{
#pragma warning disable CS0618 // ForwardedValues is obsolete, and distributions still have it.
    public static CacheBehavior CacheBehavior(XElement x) =>
        new()
        {
            PathPattern = x.Text("PathPattern"),
            TargetOriginId = x.Text("TargetOriginId"),
            ViewerProtocolPolicy = x.Text("ViewerProtocolPolicy"),
            CachePolicyId = x.Text("CachePolicyId"),
            OriginRequestPolicyId = x.Text("OriginRequestPolicyId"),
            ForwardedValues = x.Shape("ForwardedValues", ForwardedValues),
            TrustedKeyGroups = x.Shape("TrustedKeyGroups", groups => new TrustedKeyGroups { Enabled = groups.Flag("Enabled") }),
            TrustedSigners = x.Shape("TrustedSigners", signers => new TrustedSigners { Enabled = signers.Flag("Enabled") }),
            GrpcConfig = x.Shape("GrpcConfig", GrpcConfig),
            FunctionAssociations = x.Shape("FunctionAssociations", FunctionAssociations),
            LambdaFunctionAssociations = x.Shape("LambdaFunctionAssociations", LambdaFunctionAssociations),
        };

    public static DefaultCacheBehavior DefaultCacheBehavior(XElement x) =>
        new()
        {
            TargetOriginId = x.Text("TargetOriginId"),
            ViewerProtocolPolicy = x.Text("ViewerProtocolPolicy"),
            CachePolicyId = x.Text("CachePolicyId"),
            OriginRequestPolicyId = x.Text("OriginRequestPolicyId"),
            ForwardedValues = x.Shape("ForwardedValues", ForwardedValues),
            TrustedKeyGroups = x.Shape("TrustedKeyGroups", groups => new TrustedKeyGroups { Enabled = groups.Flag("Enabled") }),
            TrustedSigners = x.Shape("TrustedSigners", signers => new TrustedSigners { Enabled = signers.Flag("Enabled") }),
            GrpcConfig = x.Shape("GrpcConfig", GrpcConfig),
            FunctionAssociations = x.Shape("FunctionAssociations", FunctionAssociations),
            LambdaFunctionAssociations = x.Shape("LambdaFunctionAssociations", LambdaFunctionAssociations),
        };
#pragma warning restore CS0618

    public static Headers Headers(XElement x) => new() { Quantity = x.Number("Quantity"), Items = x.Texts("Items", "Name") };

    private static ForwardedValues ForwardedValues(XElement x) => new() { Headers = x.Shape("Headers", Headers) };

    private static GrpcConfig GrpcConfig(XElement x) => new() { Enabled = x.Flag("Enabled") };

    private static FunctionAssociations FunctionAssociations(XElement x) =>
        new()
        {
            Quantity = x.Number("Quantity"),
            Items = x.List(
                "Items",
                "FunctionAssociation",
                association => new FunctionAssociation
                {
                    EventType = association.Text("EventType"),
                    FunctionARN = association.Text("FunctionARN"),
                }
            ),
        };

    private static LambdaFunctionAssociations LambdaFunctionAssociations(XElement x) =>
        new()
        {
            Quantity = x.Number("Quantity"),
            Items = x.List(
                "Items",
                "LambdaFunctionAssociation",
                association => new LambdaFunctionAssociation
                {
                    EventType = association.Text("EventType"),
                    LambdaFunctionARN = association.Text("LambdaFunctionARN"),
                }
            ),
        };
}
