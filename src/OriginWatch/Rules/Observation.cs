using System.Net;
using System.Text.Json.Serialization;
using OriginWatch.Probing;
using OriginWatch.Targets;
using OriginWatch.Tls;
using OriginWatch.Trust;

namespace OriginWatch.Rules;

/// <summary>One attempt and what the trust room says of the chain it brought.</summary>
/// <param name="Attempt">The connection.</param>
/// <param name="Chain">Null when no certificate was seen.</param>
public sealed record SeenAttempt(ProbeAttempt Attempt, ChainAssessment? Chain)
{
    public ProbeResult Result => Attempt.Result;
}

/// <summary>One hello to one address, and its confirmation when the first look failed.</summary>
public sealed record HelloObservation(ProtocolSet Offered, SeenAttempt First, SeenAttempt? Confirmation)
{
    public SeenAttempt Last => Confirmation ?? First;
}

/// <summary>All hellos to one address; <see cref="Address"/> is null when the lookup failed.</summary>
public sealed record AddressObservation(IPAddress? Address, IReadOnlyList<HelloObservation> Hellos)
{
    /// <summary>True where DNS no longer returned it on retry, so that what was seen there was seen once.</summary>
    public bool IsGone { get; init; }

    /// <summary>The hello that stands for the address: the one that was answered by a handshake, or else the last.</summary>
    public HelloObservation Decisive =>
        Hellos is [var only] ? only : Hellos.LastOrDefault(hello => hello.Last.Result is Handshake) ?? Hellos[^1];
}

/// <summary>All that was seen under one server name.</summary>
/// <param name="AddressesFound">More than <see cref="Addresses"/> where the bound on addresses cut them.</param>
public sealed record TargetObservation(PlannedName Name, IReadOnlyList<AddressObservation> Addresses, int AddressesFound)
{
    /// <summary>True where the run ended before a failure could be confirmed.</summary>
    public bool LacksConfirmation { get; init; }

    /// <summary>The same addresses asked once more under the origin's own name; empty where that was not asked.</summary>
    public IReadOnlyList<AddressObservation> UnderOwnName { get; init; } = [];
}

/// <summary>All that was seen of one HTTP port; where a target has hellos, it has connections.</summary>
public sealed record HttpObservation(HttpTarget Target, IReadOnlyList<AddressObservation> Addresses, int AddressesFound)
{
    /// <summary>As <see cref="TargetObservation.LacksConfirmation"/>.</summary>
    public bool LacksConfirmation { get; init; }
}

/// <summary>The last judged outcome of an origin, from history.</summary>
public sealed record PriorOutcome(OriginVerdict Verdict, DateTimeOffset JudgedAt)
{
    /// <summary>When the first of the chains that it showed ends; null where it showed none.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>True where CloudFront's answer alone gave the verdict: no handshake was seen, so that its absence is nothing new.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ByEdge { get; init; }

    /// <summary>True where a finding about CloudFront's answers is open: CloudFront is asked again, since no handshake clears it.</summary>
    [JsonIgnore]
    public bool FailsAtEdge { get; init; }
}

/// <summary>All that a rule may see of one origin.</summary>
public sealed record Observation
{
    public required PlannedOrigin Planned { get; init; }

    /// <summary>Empty where the origin is not probed.</summary>
    public required IReadOnlyList<TargetObservation> Targets { get; init; }

    /// <summary>Empty where CloudFront never fetches over HTTP, and where the origin's domain name is not known.</summary>
    public IReadOnlyList<HttpObservation> Http { get; init; } = [];

    /// <summary>The run's own time: every judgement of a run is made at one instant.</summary>
    public required DateTimeOffset Now { get; init; }

    public PriorOutcome? Prior { get; init; }

    /// <summary>What CloudFront counted, beside the verdict; null where it was not read or says nothing.</summary>
    public TrafficEvidence? Traffic { get; init; }

    /// <summary>What CloudFront said; null where edges are not asked, or not about this origin.</summary>
    public EdgeObservation? Edge { get; init; }

    /// <summary>Which versions the origin would also accept; null where it was not asked.</summary>
    public AcceptedVersions? AlsoAccepts { get; init; }

    /// <summary>True where CloudFront never makes a TLS connection to the origin, so that TLS rules do not apply.</summary>
    public bool IsHttpOnly => Planned.OriginProtocolPolicy == Inventory.OriginProtocolPolicy.HttpOnly;
}

/// <summary>What an origin's viewers get, over all rules.</summary>
public enum OriginVerdict
{
    Accepts,
    Rejects,
    Undetermined,
    NotProbed,
}
