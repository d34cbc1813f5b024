using OriginWatch.Audit;
using OriginWatch.Inventory.Organization;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Rules.Reachability;

namespace OriginWatch.History;

/// <summary>
/// Compares a run with the state before it. What was not judged is kept: silence never resolves anything.
/// </summary>
internal sealed class FindingComparer
{
    private readonly AuditReport _report;
    private readonly SuppressionList _suppressions;
    private readonly Dictionary<string, OriginReport> _origins;
    private readonly HashSet<string> _distributions;
    private readonly Dictionary<string, AccountReading> _accounts;

    public FindingComparer(AuditReport report, SuppressionList suppressions)
    {
        _report = report;
        _suppressions = suppressions;
        _origins = report.Origins.ToDictionary(origin => OriginKey.Of(origin.Planned), StringComparer.Ordinal);
        _accounts = report
            .Run.Accounts.DistinctBy(account => account.Account.Id, StringComparer.Ordinal)
            .ToDictionary(account => account.Account.Id, StringComparer.Ordinal);
        _distributions = report.Origins.Select(origin => origin.Planned.Distribution.Id).ToHashSet(StringComparer.Ordinal);
    }

    public Classification Classify(RunState? previous)
    {
        var before = Before(previous);
        var failing = Failing();
        var now = failing.Values.Select(finding => Compare(finding, before.GetValueOrDefault(finding.Key))).ToList();
        var fresh = now.Where(change => change.Kind == ChangeKind.New && change.Record.Certificates.Count > 0)
            .ToLookup(change => PlaceOf(change.Record));
        return Sorted(
            now.Concat(
                before
                    .Values.Where(open => !failing.ContainsKey(open.Key))
                    .Select(Settle)
                    .Select(change => Supersede(change, fresh[PlaceOf(change.Record)]))
            )
        );
    }

    private static Classification Sorted(IEnumerable<FindingChange> changes) =>
        new([.. changes.OrderByDescending(change => change.Record.Severity).ThenBy(change => change.Record.Key, StringComparer.Ordinal)]);

    private static Dictionary<string, OpenFinding> Before(RunState? previous) =>
        (previous?.Findings ?? [])
            .DistinctBy(finding => finding.Key, StringComparer.Ordinal)
            .ToDictionary(finding => finding.Key, StringComparer.Ordinal);

    private Dictionary<string, Finding> Failing() =>
        _report
            .Findings.Where(finding => finding.Status == FindingStatus.Fail)
            .DistinctBy(finding => finding.Key, StringComparer.Ordinal)
            .ToDictionary(finding => finding.Key, StringComparer.Ordinal);

    private FindingChange Compare(Finding finding, OpenFinding? before)
    {
        var record = FindingRecord.Of(finding, _report.Run.StartedAt, before);
        var because = before is null ? null : WhatChanged(before, record);
        return new()
        {
            Kind =
                before is null ? ChangeKind.New
                : because is null ? ChangeKind.Ongoing
                : ChangeKind.Changed,
            Record = record,
            Finding = finding,
            Before = before,
            Because = because,
        };
    }

    private static string? WhatChanged(OpenFinding before, OpenFinding now) =>
        Unmuted(before, now)
        ?? (
            before.DomainName != now.DomainName ? $"the origin was {before.DomainName} before"
            : before.Severity != now.Severity ? $"was {before.Severity} before"
            : before.Certificates.Count > 0
            && now.Certificates.Count > 0
            && !before.Certificates.Intersect(now.Certificates, StringComparer.Ordinal).Any()
                ? "another certificate is served, with the same fault"
            : DetailClass.Same(before.Detail, now.Detail) ? null
            : $"was before: {before.Detail}"
        );

    private static string? Unmuted(OpenFinding before, OpenFinding now) =>
        before.Suppressed && !now.Suppressed ? "it is no longer suppressed" : null;

    /// <summary>A finding that this run does not have: resolved, gone, or not judged.</summary>
    private FindingChange Settle(OpenFinding open) =>
        WasLeftOut(open) ? Keep(open)
        : GoneBecause(open) is { } reason
            ? new()
            {
                Kind = ChangeKind.Gone,
                Record = open,
                Before = open,
                Because = reason,
            }
        : IsResolved(open)
            ? new()
            {
                Kind = ChangeKind.Resolved,
                Record = open,
                Before = open,
            }
        : Keep(open);

    private static (string, string?) PlaceOf(OpenFinding record) => (OriginKey.Of(record.DistributionId, record.OriginId), record.Target);

    private static FindingChange Supersede(FindingChange change, IEnumerable<FindingChange> fresh) =>
        change.Kind == ChangeKind.Resolved
        && fresh.Any(other =>
            other.Record.Severity >= change.Record.Severity
            && other.Record.Certificates.Intersect(change.Record.Certificates, StringComparer.Ordinal).Any()
        )
            ? change with
            {
                IsSuperseded = true,
            }
            : change;

    private FindingChange Keep(OpenFinding open)
    {
        var kept = open with
        {
            Suppressed = _suppressions.Find(open.DistributionId, open.OriginId, open.RuleId, _report.Run.StartedAt) is not null,
        };
        var because = Unmuted(open, kept);
        return new()
        {
            Kind = because is null ? ChangeKind.Ongoing : ChangeKind.Changed,
            Record = kept,
            Before = open,
            Because = because,
        };
    }

    /// <summary>The run did not look there, or could not read the account: what was open stays open.</summary>
    private bool WasLeftOut(OpenFinding open) =>
        !_origins.ContainsKey(OriginKey.Of(open.DistributionId, open.OriginId))
        && (
            AccountOf(open) is { IsGap: true }
            || (
                _report.Run.Scope is { } scope
                && !(scope.Covers(open.DistributionId, open.OriginId) && _distributions.Contains(open.DistributionId))
            )
        );

    private AccountReading? AccountOf(OpenFinding open) => open.AccountId is null ? null : _accounts.GetValueOrDefault(open.AccountId);

    private string? GoneBecause(OpenFinding open)
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
            : EdgeResolution.GoneBecause(open, origin, _report.Run);
    }

    /// <summary>Every rule is asked of every origin, and of every target that was looked at.</summary>
    private static bool WasAsked(OriginReport origin, string? target) =>
        origin.Judgements.Count > 0 && (target is null || origin.Observation.Targets.Any(seen => seen.Name.Target.NameAndPort == target));

    /// <summary>Where names were left out, or come from tenants that may not be readable tonight, absence proves nothing.</summary>
    private static bool IsNoLongerPlanned(OriginReport origin, string target) =>
        origin.Planned is { Names.Count: > 0, Cuts.Count: 0 }
        && origin.Planned.Distribution.ConnectionMode != Inventory.ConnectionMode.TenantOnly
        && !origin.Planned.Names.Any(name => name.Target.NameAndPort == target);

    /// <summary>Its own rule must have passed, or no longer apply, on a target that was judged.</summary>
    private bool IsResolved(OpenFinding open)
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
