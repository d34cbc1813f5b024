using OriginWatch.Text;

namespace OriginWatch.Audit;

/// <summary>What a reporter may be told beside the report itself.</summary>
public sealed record ReportOptions
{
    public static readonly ReportOptions Default = new();

    /// <summary>Columns of a text report.</summary>
    public int Width { get; init; } = 100;

    /// <summary>Lists what is only worth knowing, and every origin of a cause.</summary>
    public bool Verbose { get; init; }

    /// <summary>Findings that somebody has accepted, by key, with the reason given. They stay in the report, marked.</summary>
    public IReadOnlyDictionary<string, string> Suppressed { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What an earlier report had, as <see cref="Audit.Baseline"/> asks it; null where there is none to compare with.</summary>
    public IReadOnlySet<string>? Baseline { get; init; }

    /// <summary>When a finding was seen first, by key; empty where no run before this one is remembered.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> FirstSeen { get; init; } =
        new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);

    /// <summary>True where distributions were left out on purpose: what is not in the report may well exist.</summary>
    public bool LeavesDistributionsOut { get; init; }

    /// <summary>Lists only what is new since <see cref="Baseline"/>; counts speak of everything.</summary>
    public bool OnlyNew { get; init; }

    /// <summary>Whose distributions these are, for a headline: "account 123456789012 (profile shop)", "distributions.json"; null for the
    /// account alone.</summary>
    public string? InventoryName { get; init; }

    /// <summary>The command that explains an origin, with {0} for DISTRIBUTION/ORIGIN; null where none can.</summary>
    public string? ExplainCommand { get; init; } = "originwatch explain {0}";

    /// <summary>How the reader has started the program.</summary>
    public string Program { get; init; } = "originwatch";

    /// <summary>True where the only origin is a host in no distribution: nothing is said of distributions.</summary>
    public bool IsHostAlone { get; init; }

    /// <summary>The file that the inventory was read from, relative to the repository; null where it was read from AWS.</summary>
    public string? InventoryPath { get; init; }

    /// <summary>The region whose Security Hub gets findings; its product ARN holds it.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>A remedy, with this program's own commands as its reader can type them.</summary>
    internal string Typed(string remedy) => OwnCommands.For(remedy, Program, ExplainCommand);

    /// <summary>Why a finding is accepted; null where it is not.</summary>
    public string? SuppressedBecause(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return Suppressed.GetValueOrDefault(finding.Key)
            ?? (finding.SuppressedBy is { } entry ? $"{entry.Reason} ({entry.Owner}, until {entry.Expires:yyyy-MM-dd})" : null);
    }

    /// <summary>Null where there is no baseline.</summary>
    public bool? IsNew(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return Baseline is null ? null : Audit.Baseline.IsNew(finding, Baseline);
    }
}
