using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OriginWatch.Audit;
using OriginWatch.Edge;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;

namespace OriginWatch.Reporting.Contract;

/// <summary>What was seen of an origin, without judgement.</summary>
internal sealed record OriginJson
{
    [Description("In a scan of several accounts; absent for one.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AccountId { get; init; }

    public required string DistributionId { get; init; }
    public required string OriginId { get; init; }
    public required string DomainName { get; init; }
    public IReadOnlyList<string> Aliases { get; init; } = [];
    public required OriginKind Kind { get; init; }
    public required OriginVerdict Verdict { get; init; }
    public required string? NotProbedBecause { get; init; }

    [Description("CloudFront's own word; null for S3 and where it could not be read.")]
    public required string? OriginProtocolPolicy { get; init; }

    [Description("A cache behavior sends requests to the origin.")]
    public required bool Reached { get; init; }

    public required HostForwarding HostForwarding { get; init; }
    public required string HostForwardingReason { get; init; }
    public required IReadOnlyList<string> Remarks { get; init; }

    [Description("What CloudFront itself answered; of several names the answer that weighs most.")]
    public EdgeJson Edge { get; init; } = EdgeJson.Of(null);

    public required IReadOnlyList<TargetJson> Targets { get; init; }

    [Description("Where CloudFront fetches over HTTP: connections alone, nothing is sent.")]
    public IReadOnlyList<HttpPortJson> HttpPorts { get; init; } = [];

    public static OriginJson Of(OriginReport origin)
    {
        var planned = origin.Planned;
        return new()
        {
            AccountId = Bounded.Text(planned.Distribution.AccountId),
            DistributionId = Bounded.Text(planned.Distribution.Id),
            OriginId = Bounded.Text(planned.Origin.Id),
            DomainName = Bounded.Text(planned.Origin.DomainName),
            Aliases = Bounded.Texts(planned.Distribution.Aliases),
            Kind = planned.Kind,
            Verdict = origin.Verdict,
            NotProbedBecause = Bounded.Text(planned.NotProbedBecause),
            OriginProtocolPolicy = Bounded.Text(planned.OriginProtocolPolicy?.Value),
            Reached = planned.IsReached,
            HostForwarding = planned.HostForwarding,
            HostForwardingReason = Bounded.Text(planned.HostForwardingReason),
            Remarks = Bounded.Texts(origin.Remarks),
            Edge = EdgeJson.Of(origin.Observation.Edge),
            Targets = [.. origin.Observation.Targets.Select(target => TargetJson.Of(target, OriginStory.NotJudgedBecause(origin, target)))],
            HttpPorts = [.. origin.Observation.Http.Select(HttpPortJson.Of)],
        };
    }
}

internal sealed record EdgeJson
{
    [Description("A request was made and answered, well or badly.")]
    public required bool Asked { get; init; }

    [Description("Host header and SNI of the request.")]
    public required string? Host { get; init; }

    [Description("The behavior that was asked through.")]
    public required string? PathPattern { get; init; }

    public required EdgeAnswerKind? Answer { get; init; }

    [Description("HTTP status of CloudFront's answer.")]
    public required int? Status { get; init; }

    [Description("X-Amz-Cf-Pop: the edge location.")]
    public required string? Pop { get; init; }

    [Description("X-Amz-Cf-Id, which AWS Support asks for.")]
    public required string? RequestId { get; init; }

    public required string? Reason { get; init; }
    public required bool AskedTwice { get; init; }

    [Description("The handshake and CloudFront are both certain and differ.")]
    public required bool Contradicts { get; init; }

    public static EdgeJson Of(EdgeObservation? edge)
    {
        var sighting = edge?.Decisive;
        var answer = sighting?.Outcome.Last;
        return new()
        {
            Asked = edge?.WasAsked ?? false,
            Host = Bounded.Text(sighting?.Question.Host),
            PathPattern = Bounded.Text(sighting?.Question.Behavior.Behavior.PathPattern),
            Answer = answer?.Kind,
            Status = answer?.Status,
            Pop = Bounded.Text(answer?.Pop),
            RequestId = Bounded.Text(answer?.RequestId),
            Reason = Bounded.Text(
                answer?.Reason ?? edge?.NotAskedBecause ?? (sighting is null ? null : "no request to CloudFront in time")
            ),
            AskedTwice = sighting?.Outcome.Second is not null,
            Contradicts = edge?.Sightings.Any(seen => seen.IsContradiction) ?? false,
        };
    }
}

internal sealed record TargetJson
{
    public required string ServerName { get; init; }

    [Range(0, 65_535)]
    public required int Port { get; init; }

    public required ServerNameRole Role { get; init; }

    [Description("False where the outcome is only informational.")]
    public required bool Decides { get; init; }

    [Range(0, int.MaxValue)]
    public required int AddressesFound { get; init; }

    public required string? NotJudgedBecause { get; init; }
    public required IReadOnlyList<AttemptJson> Attempts { get; init; }

    public static TargetJson Of(TargetObservation target, string? notJudgedBecause) =>
        new()
        {
            ServerName = Bounded.Text(target.Name.Target.ServerName),
            Port = target.Name.Target.Port,
            Role = target.Name.Role,
            Decides = target.Name.Decides,
            AddressesFound = target.AddressesFound,
            NotJudgedBecause = Bounded.Text(notJudgedBecause),
            Attempts = [.. OriginStory.Attempts(target.Addresses).Select(AttemptJson.Of)],
        };
}

internal sealed record HttpPortJson
{
    public required string DomainName { get; init; }

    [Range(1, 65_535)]
    public required int Port { get; init; }

    [Range(0, int.MaxValue)]
    public required int AddressesFound { get; init; }

    public required IReadOnlyList<HttpAttemptJson> Attempts { get; init; }

    public static HttpPortJson Of(HttpObservation http) =>
        new()
        {
            DomainName = Bounded.Text(http.Target.DomainName),
            Port = http.Target.Port,
            AddressesFound = http.AddressesFound,
            Attempts = [.. OriginStory.Attempts(http.Addresses).Select(HttpAttemptJson.Of)],
        };
}
