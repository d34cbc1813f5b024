using System.CommandLine;
using OriginWatch.Audit;
using OriginWatch.Inventory;
using OriginWatch.Rules;

namespace OriginWatch.Cli.Commands;

/// <summary>Which distributions to look at, and which findings to tell of. What is left out is counted and said.</summary>
internal sealed class FilterOptions
{
    private readonly Option<string[]> _distribution = new("--distribution")
    {
        Description = "Only distributions whose id is like this (* and ? match); may be given several times",
        HelpName = "ID",
    };
    private readonly Option<string[]> _alias = new("--alias")
    {
        Description = "Only distributions with an alternate domain name like this (* and ? match); may be given several times",
        HelpName = "NAME",
    };
    private readonly Option<string[]> _tag = new("--tag")
    {
        Description =
            "Only distributions with this tag (* and ? match), where the account is listed "
            + "(cloudfront:ListTagsForResource); may be given several times, all must match",
        HelpName = "KEY=VALUE",
    };
    private readonly Option<string[]> _rule = new("--rule")
    {
        Description = "Only findings of rules like this, e.g. OW3*; may be given several times",
        HelpName = "ID",
    };
    private readonly Option<string[]> _severity = new("--severity")
    {
        Description = "Only findings of this severity; may be given several times",
        HelpName = "SEVERITY",
    };

    /// <param name="command">Gets the options.</param>
    /// <param name="inventory">Tags are not in a saved listing.</param>
    public void AddTo(Command command, InventoryOptions inventory)
    {
        command.Validators.Add(result =>
        {
            if (result.GetResult(_tag) is not null && result.GetResult(inventory.Inventory) is not null)
            {
                result.AddError(
                    "--tag needs the account: a saved listing contains no tags. Use --distribution or --alias with --inventory."
                );
            }
        });
        _tag.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.IndexOf('=', StringComparison.Ordinal) < 1) is { } wrong)
            {
                result.AddError($"--tag takes KEY=VALUE, e.g. Environment=production, not '{wrong.Value}'.");
            }
        });
        _severity.AcceptOnlyFromAmong("critical", "high", "medium", "low", "informational");
        command.Add(_distribution);
        command.Add(_alias);
        command.Add(_tag);
        command.Add(_rule);
        command.Add(_severity);
    }

    public bool LeavesOriginsOut(ParseResult parsed) => !Distributions(parsed).IsEmpty;

    public IInventorySource Apply(ParseResult parsed, InventoryChoice choice) =>
        LeavesOriginsOut(parsed) ? new FilteredInventory(choice.Inventory, Distributions(parsed), choice.Tags) : choice.Inventory;

    /// <summary>Origins and their verdicts stay; only what is told of them changes.</summary>
    public AuditReport Apply(ParseResult parsed, AuditReport report)
    {
        var (rules, severities) = (Given(parsed, _rule), Given(parsed, _severity));
        if (rules.Length + severities.Length == 0)
        {
            return report;
        }

        var told = report
            .Findings.Where(finding => Glob.MatchesAny(rules, finding.Rule.Id) && Glob.MatchesAny(severities, finding.Severity.ToString()))
            .ToList();
        var counted = told.FindAll(finding => finding.SuppressedBy is null);
        var options = string.Join(
            " and ",
            new[] { rules.Length > 0 ? "--rule" : null, severities.Length > 0 ? "--severity" : null }.OfType<string>()
        );
        return report with
        {
            Findings = told,
            Run = report.Run with
            {
                Remarks =
                [
                    .. report.Run.Remarks,
                    $"Left out by {options}: {report.Findings.Count - told.Count} of {report.Findings.Count} findings.",
                ],
            },
            Totals = report.Totals with
            {
                BySeverity = Enum.GetValues<Severity>()
                    .ToDictionary(
                        severity => severity,
                        severity => counted.Count(finding => finding.Status == FindingStatus.Fail && finding.Severity == severity)
                    ),
                Undetermined = counted.Count(finding => finding.Status == FindingStatus.Undetermined),
            },
        };
    }

    private DistributionFilter Distributions(ParseResult parsed) =>
        new()
        {
            Ids = Given(parsed, _distribution),
            Aliases = Given(parsed, _alias),
            Tags = Given(parsed, _tag),
        };

    private static string[] Given(ParseResult parsed, Option<string[]> option) => parsed.GetValue(option) ?? [];
}
