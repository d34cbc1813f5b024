using OriginWatch.Audit;
using OriginWatch.Inventory.Organization;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Rules.Reachability;

namespace OriginWatch.History;

/// <summary>What became of an open finding that a run does not have. What was not judged proves nothing.</summary>
internal sealed class FindingFate(AuditReport report)
{
    private readonly Dictionary<string, OriginReport> _origins = report.Origins.ToDictionary(
        origin => OriginKey.Of(origin.Planned),
        StringComparer.Ordinal
    );

    private readonly HashSet<string> _distributions = report
        .Origins.Select(origin => origin.Planned.Distribution.Id)
        .ToHashSet(StringComparer.Ordinal);

    private readonly Dictionary<string, AccountReading> _accounts = report
        .Run.Accounts.DistinctBy(account => account.Account.Id, StringComparer.Ordinal)
        .ToDictionary(account => account.Account.Id, StringComparer.Ordinal);

    /// <summary>The run did not look there, or could not read the account: what was open stays open.</summary>
    public bool WasLeftOut(OpenFinding open) =>
        !_origins.ContainsKey(OriginKey.Of(open.DistributionId, open.OriginId))
        && (
            AccountOf(open) is { IsGap: true }
            || (
                report.Run.Scope is { } scope
                && !(scope.Covers(open.DistributionId, open.OriginId) && _distributions.Contains(open.DistributionId))
            )
        );

    /// <summary>One clause; null where what it is about is still there.</summary>
    public string? GoneBecause(OpenFinding open)
    {
        if (!_origins.TryGetValue(OriginKey.Of(open.DistributionId, open.OriginId), out var origin))
        {
            return _distributions.Contains(open.DistributionId) ? "the origin was removed"
                : open.AccountId is null || AccountOf(open) is { Outcome: AccountOutcome.Read } ? "the distribution was deleted"
                : AccountOf(open) is { Reason: { } reason } ? $"account {open.AccountId} is not scanned any more: {reason}"
                : $"account {open.AccountId} is not scanned any more";
        }

        if (!string.Equals(origin.Planned.Origin.DomainName, open.DomainName, StringComparison.OrdinalIgnoreCase))
        {
            return $"the origin is {origin.Planned.Origin.DomainName} now";
        }

        return open.Target is not null && IsNoLongerPlanned(origin, open.Target) ? "no request reaches the origin under this name any more"
            : WasAsked(origin, open.Target) && !origin.Judgements.Any(judgement => judgement.Rule.Id == open.RuleId)
                ? "the rule was retired"
            : EdgeResolution.GoneBecause(open, origin, report.Run);
    }

    /// <summary>Its own rule must have passed, or no longer apply, on a target that was judged.</summary>
    public bool IsResolved(OpenFinding open)
    {
        var origin = _origins[OriginKey.Of(open.DistributionId, open.OriginId)];
        var own = origin
            .Judgements.Where(judgement => judgement.Rule.Id == open.RuleId && judgement.Target?.Name.Target.NameAndPort == open.Target)
            .ToList();
        return own.Count > 0
            && own.TrueForAll(judgement => judgement.Verdict is Verdict.Pass or Verdict.NotApplicable { IsUnreached: false })
            && (
                EdgeResolution.IsAboutEdge(open)
                    ? EdgeResolution.IsSettled(open, origin)
                    : RestsOnNoTlsConnection(own[0].Rule, origin, open.Target)
                        || WasSeen(origin, open.Target)
                        || EdgeResolution.ExplainsSilence(open, origin)
            );
    }

    private AccountReading? AccountOf(OpenFinding open) => open.AccountId is null ? null : _accounts.GetValueOrDefault(open.AccountId);

    /// <summary>Every rule is asked of every origin, and of every target that was looked at.</summary>
    private static bool WasAsked(OriginReport origin, string? target) =>
        origin.Judgements.Count > 0 && (target is null || origin.Observation.Targets.Any(seen => seen.Name.Target.NameAndPort == target));

    /// <summary>Where names were left out, or come from tenants that may not be readable tonight, absence proves nothing.</summary>
    private static bool IsNoLongerPlanned(OriginReport origin, string target) =>
        origin.Planned is { Names.Count: > 0, Cuts.Count: 0 }
        && origin.Planned.Distribution.ConnectionMode != Inventory.ConnectionMode.TenantOnly
        && !origin.Planned.Names.Any(name => name.Target.NameAndPort == target);

    /// <summary>Settings are read, an HTTP port passes only when it was connected to, and of HTTP-only origins nothing but readiness is
    /// asked over TLS.</summary>
    private static bool RestsOnNoTlsConnection(RuleMetadata rule, OriginReport origin, string? target) =>
        rule.Block == RuleBlock.Configuration
        || (target is null && rule.JudgesConnecting)
        || (origin.Observation.IsHttpOnly && rule.Block != RuleBlock.Readiness);

    /// <summary>A rule about the origin as a whole looks at all of its targets.</summary>
    private static bool WasSeen(OriginReport origin, string? target) =>
        origin
            .Observation.Targets.Where(seen => target is null || seen.Name.Target.NameAndPort == target)
            .All(seen =>
                origin.Observation.IsHttpOnly
                    ? seen.Addresses.All(address => Obstacles.IsCertain(address.Decisive.Last.Result))
                    : WasJudged(origin, seen.Name.Target.NameAndPort)
            );

    /// <summary>As the verdict of an origin is drawn, for one of its targets: an error for certain, or a handshake everywhere and no doubt
    /// left.</summary>
    private static bool WasJudged(OriginReport origin, string target)
    {
        var ofTarget = origin.Judgements.Where(judgement => judgement.Target?.Name.Target.NameAndPort == target).ToList();
        return ofTarget.Exists(OriginJudge.Rejects)
            || (
                !ofTarget.Exists(judgement => judgement.Verdict is Verdict.Undetermined { IsConsequence: false })
                && origin
                    .Observation.Targets.Where(seen => seen.Name.Target.NameAndPort == target)
                    .All(seen => seen.Addresses.All(address => address.Decisive.Last.Result is Handshake))
            );
    }
}
