using System.Text;

namespace OriginWatch.Rules;

/// <summary>The catalogue as the table of the README.</summary>
public static class RuleTable
{
    public static string Render(IEnumerable<RuleMetadata> rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var table = new StringBuilder("| Rule | What should hold | Severity | Why |\n|---|---|---|---|\n");
        foreach (var rule in rules)
        {
            var control = rule.SecurityHubControl is null ? "" : $" ({rule.SecurityHubControl})";
            table.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"| {rule.Id}{control} | {rule.Title} | {rule.Severity} | {rule.Rationale.ReplaceLineEndings(" ")} |\n"
            );
        }

        return table.ToString();
    }
}
