using OriginWatch.Inventory;
using OriginWatch.Text;

namespace OriginWatch.Rules.Configuration;

internal sealed class EdgeFunctionsLeaveTheOriginAlone : OriginRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW113",
            Severity = Severity.Informational,
            Title = "Edge functions should not change the origin of a request",
            Fault = "An edge function may change the origin",
            Rationale =
                "A function on viewer-request or origin-request may choose another origin, protocol, "
                + "Host header or server name, so CloudFront may do something else than the configuration says.",
            Remediation = "Read the function: if it changes the origin, check that origin with a listing of its own.",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/helper-functions-origin-modification.html"),
        };

    protected override Verdict Evaluate(Observation observation)
    {
        var use = observation.Planned;
        var withFunctions = use.Behaviors.Where(behavior => behavior.IsReached && behavior.Behavior.RequestFunctionArns.Count > 0).ToList();
        return withFunctions.Count == 0
            ? new Verdict.Pass()
            : new Verdict.Fail(
                $"may differ at the edge: {Evidence.Names(withFunctions.SelectMany(behavior => behavior.Behavior.RequestFunctionArns).Select(Quoted.Text))} on {Evidence.Behaviors(use, withFunctions)}"
            );
    }
}
