using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using OriginWatch.Audit;
using OriginWatch.History;
using OriginWatch.Reporting;
using OriginWatch.Rules;

namespace OriginWatch.Mail;

/// <summary>The compact twin of the mail, for queues and functions: what changed first, then worst first.</summary>
internal static class DigestJson
{
    private const int MaxText = 300;
    private const int MaxNextSteps = 3;

    public static string Of(DigestView view, string subject, int most)
    {
        var mailed = view
            .Told.OrderBy(change => change.Kind == ChangeKind.Ongoing)
            .ThenByDescending(change => change.Record.Severity)
            .ToList();
        return JsonSerializer.Serialize(
            new DigestPayload
            {
                Id = view.Id,
                AccountId = view.Run.AccountId,
                Environment = view.Settings.Environment,
                Subject = subject,
                Severity = Worst(view),
                Scope = view.Scope,
                Routes = view.Review.Part is { IsRoute: true } part ? part.Routes : null,
                StartedAt = WireNames.Of(view.Run.StartedAt),
                Complete = view.Run.Complete,
                IncompleteBecause = view.Run.IncompleteBecause,
                HistoryMissing = view.Review.HistoryMissing,
                Counts = Counts(view),
                Findings = [.. mailed.Take(most).Select(change => FindingOf(change, view.KnowsChanges))],
                SeenOnce = [.. view.SeenOnce.Take(most).Select(SeenOnceOf)],
                FindingsOmitted = Math.Max(0, mailed.Count - most),
                NextSteps =
                [
                    .. view.Open.Take(MaxNextSteps).Select(group => Short($"{group.Where}: {DigestGroupText.Remedy(view, group)}")),
                ],
                Report = view.Report,
            },
            DigestJsonContext.Relaxed.DigestPayload
        );
    }

    public static string Worst(DigestView view) => view.Worst is { } worst ? WireNames.Of(worst) : "none";

    private static DigestCounts Counts(DigestView view) =>
        new()
        {
            OriginsFailing = view.Failing,
            OriginsNotJudged = view.OriginsNotJudged,
            New = Count(view, ChangeKind.New),
            Changed = Count(view, ChangeKind.Changed),
            Resolved = Count(view, ChangeKind.Resolved),
            Gone = Count(view, ChangeKind.Gone),
            Open = view.Review.Changes.Open.Count(),
            Suppressed = view.Review.Suppressions.Findings,
        };

    private static int? Count(DigestView view, ChangeKind kind) => view.KnowsChanges ? view.Review.Changes.Of(kind).Count() : null;

    private static DigestSeenOnce SeenOnceOf(Finding finding) =>
        new()
        {
            Rule = finding.Rule.Id,
            Distribution = Short(finding.DistributionId),
            Origin = Short(finding.OriginId),
            Target = finding.Target is { } target ? Short(target) : null,
            Detail = Short(finding.Detail),
        };

    private static DigestFinding FindingOf(FindingChange change, bool knowsChanges) =>
        new()
        {
            Rule = change.Record.RuleId,
            Severity = WireNames.Of(change.Record.Severity),
            Change = knowsChanges ? JsonNamingPolicy.CamelCase.ConvertName(change.Kind.ToString()) : "unknown",
            Since = WireNames.Of(change.Record.FirstSeen),
            Account = change.Record.AccountId,
            Distribution = Short(change.Record.DistributionId),
            Origin = Short(change.Record.OriginId),
            Target = change.Record.Target is { } target ? Short(target) : null,
            Detail = Short(change.Record.Detail),
            Because = change.Because is { } because ? Short(because) : null,
            Rejects = change.Record.Rejects,
            JudgedNow = !change.IsKept,
        };

    private static string Short(string text) => MailText.Clean(text, MaxText);
}

internal sealed record DigestPayload
{
    public int Schema { get; init; } = 1;
    public required string Id { get; init; }
    public string? AccountId { get; init; }
    public string? Environment { get; init; }
    public required string Subject { get; init; }
    public required string Severity { get; init; }

    /// <summary>"account" or "organization" for the default topic, "route" for what a route has taken.</summary>
    public required string Scope { get; init; }

    /// <summary>Their names; left out of the default topic's.</summary>
    public IReadOnlyList<string>? Routes { get; init; }
    public required string StartedAt { get; init; }
    public required bool Complete { get; init; }
    public string? IncompleteBecause { get; init; }
    public string? HistoryMissing { get; init; }
    public required DigestCounts Counts { get; init; }
    public required IReadOnlyList<DigestFinding> Findings { get; init; }
    public required IReadOnlyList<DigestSeenOnce> SeenOnce { get; init; }
    public required int FindingsOmitted { get; init; }

    /// <summary>What to do first, the worst cause first.</summary>
    public required IReadOnlyList<string> NextSteps { get; init; }
    public required IReadOnlyList<string> Report { get; init; }
}

internal sealed record DigestCounts
{
    public required int OriginsFailing { get; init; }
    public required int OriginsNotJudged { get; init; }

    /// <summary>This and the next three are left out where new and old cannot be told apart.</summary>
    public required int? New { get; init; }
    public required int? Changed { get; init; }
    public required int? Resolved { get; init; }
    public required int? Gone { get; init; }
    public required int Open { get; init; }
    public required int Suppressed { get; init; }
}

/// <summary>A failure that was not confirmed.</summary>
internal sealed record DigestSeenOnce
{
    public required string Rule { get; init; }
    public required string Distribution { get; init; }
    public required string Origin { get; init; }
    public string? Target { get; init; }
    public required string Detail { get; init; }
}

internal sealed record DigestFinding
{
    public required string Rule { get; init; }
    public required string Severity { get; init; }
    public required string Change { get; init; }
    public required string Since { get; init; }
    public string? Account { get; init; }
    public required string Distribution { get; init; }
    public required string Origin { get; init; }
    public string? Target { get; init; }
    public required string Detail { get; init; }
    public string? Because { get; init; }
    public required bool Rejects { get; init; }
    public required bool JudgedNow { get; init; }
}

[JsonSerializable(typeof(DigestPayload))]
[JsonSerializable(typeof(FaultPayload))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class DigestJsonContext : JsonSerializerContext
{
    /// <summary>It goes to queues and never into HTML, and every escape that is not needed takes room from the message.</summary>
    public static readonly DigestJsonContext Relaxed = new(
        new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }
    );
}
