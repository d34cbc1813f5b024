using OriginWatch.Inventory;
using OriginWatch.Probing;
using OriginWatch.Rules.Configuration;
using OriginWatch.Targets;

namespace OriginWatch.Rules.Reachability;

internal sealed class AcceptsHttpConnections : OriginRule
{
    public override RuleMetadata Metadata { get; } =
        new()
        {
            Id = "OW212",
            Severity = Severity.Critical,
            Title = "Origins should accept TCP connections on their HTTP port",
            Fault = "Origin does not accept HTTP connections",
            Rationale =
                "CloudFront returns HTTP 502 for what it fetches over HTTP when the origin refuses the connection on "
                + "its HTTPPort, and 504 when nothing answers.",
            Remediation =
                "Start the server, let it listen on the origin's HTTPPort, "
                + "and open the port to CloudFront's addresses (prefix list com.amazonaws.global.cloudfront.origin-facing).",
            Reference = new("https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-502-bad-gateway.html"),
            RejectsTraffic = true,
            JudgesConnecting = true,
        };

    protected override Verdict Evaluate(Observation observation) =>
        observation.Planned switch
        {
            { Kind: OriginKind.S3 } => new Verdict.NotApplicable("an S3 bucket is reached through AWS's own servers"),
            { Kind: OriginKind.Vpc } => new Verdict.NotApplicable("a VPC origin has no public address"),
            { Origin.CustomOriginConfig: null } => new Verdict.Undetermined(
                "this version does not know how CloudFront reaches an origin of this kind",
                IsConsequence: true,
                Remedy.Update
            ),
            { IsFetchedOverHttp: false } use when MayBeFetchedOverHttp(use) => new Verdict.Undetermined(
                "it is not known whether CloudFront fetches from this origin over HTTP",
                IsConsequence: true
            ),
            { IsFetchedOverHttp: false } => new Verdict.NotApplicable("CloudFront never fetches from this origin over HTTP"),
            var use when observation.Http.Count == 0 => new Verdict.Undetermined(
                $"its HTTP port {use.Origin.CustomOriginConfig!.HttpPort} was not connected to",
                IsConsequence: true
            ),
            _ => Worst([.. observation.Http.Select(target => Judge(target, observation))]),
        };

    /// <summary>Values that are unknown to this version: other rules report them.</summary>
    private static bool MayBeFetchedOverHttp(PlannedOrigin use) =>
        use.OriginProtocolPolicy is { } policy
        && (
            !policy.IsKnown
            || (
                policy == OriginProtocolPolicy.MatchViewer
                && use.Behaviors.Any(behavior => behavior.IsReached && !behavior.Behavior.ViewerProtocolPolicy.IsKnown)
            )
        );

    /// <summary>With match-viewer HTTPS may still work; an S3 website endpoint has nothing but HTTP.</summary>
    private static bool IsForSomeViewers(PlannedOrigin use) =>
        use.Kind != OriginKind.S3Website && use.OriginProtocolPolicy == OriginProtocolPolicy.MatchViewer;

    private static Verdict Judge(HttpObservation http, Observation observation)
    {
        var some = IsForSomeViewers(observation.Planned);
        var own = some ? Severity.High : Severity.Critical;
        var verdict = AddressVote.Merge(
            http.Addresses,
            own,
            address => AddressVote.OfHello(address.Decisive, own, attempt => Judge(attempt.Result, http, observation))
        );
        var where = $" (connecting to {http.Target.DomainName}:{http.Target.Port})";
        return verdict switch
        {
            Verdict.Fail fail => fail with
            {
                Detail = $"{fail.Detail}{where}{(some ? "; this affects viewers who use HTTP; for the others CloudFront uses HTTPS" : "")}",
                Severity = fail.Severity ?? own,
            },
            Verdict.Undetermined undetermined => undetermined with { Reason = $"{undetermined.Reason}{where}" },
            _ => verdict,
        };
    }

    private static Verdict Judge(ProbeResult result, HttpObservation http, Observation observation) =>
        Obstacles.Of(result) switch
        {
            Obstacle.Name when IsReportedByName(http, observation) => Obstacles.Consequence(result),
            Obstacle.Name => Obstacles.OfName((ProbeFailure)result, http.Target) switch
            {
                Verdict.Fail fail => fail with { Remediation = fail.Remediation ?? Obstacles.CreateRecord },
                var verdict => verdict,
            },
            Obstacle.Connection => Obstacles.OfConnection((ProbeFailure)result),
            _ => Obstacles.Connected(http.Addresses, http.AddressesFound),
        };

    /// <summary>OW201 is about the name wherever a TLS target has it and met the same trouble; an S3 website endpoint has no such
    /// target.</summary>
    private static bool IsReportedByName(HttpObservation http, Observation observation) =>
        observation.Targets.Any(target =>
            target.Name.Target.DomainName == http.Target.DomainName
            && target.Addresses.Any(address =>
                address.Hellos.Any(hello =>
                    Obstacles.Of(hello.First.Result) == Obstacle.Name || Obstacles.Of(hello.Last.Result) == Obstacle.Name
                )
            )
        );

    /// <summary>Tenants may have domain names of their own: the worst speaks for the origin.</summary>
    private static Verdict Worst(IReadOnlyList<Verdict> verdicts) =>
        verdicts.OfType<Verdict.Fail>().MaxBy(fail => fail.Severity) is { } fail
            ? fail with
            {
                Detail = $"{fail.Detail}{Others(verdicts.Count(verdict => verdict is Verdict.Fail) - 1)}",
            }
        : verdicts.OfType<Verdict.Undetermined>().MinBy(undetermined => undetermined.IsConsequence) is { } undetermined ? undetermined
        : verdicts.OfType<Verdict.NotApplicable>().FirstOrDefault(verdict => verdict.IsUnreached) ?? verdicts[0];

    private static string Others(int count) => count == 0 ? "" : $"; {count} more of its domain names {(count == 1 ? "fails" : "fail")}";
}
