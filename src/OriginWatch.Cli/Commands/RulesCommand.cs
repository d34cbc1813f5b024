using System.CommandLine;
using OriginWatch.Rules;
using OriginWatch.Text;

namespace OriginWatch.Cli.Commands;

/// <summary><c>originwatch rules [ID]</c>: the catalogue, or one rule in full.</summary>
internal sealed class RulesCommand
{
    private readonly Argument<string?> _id = new("ID")
    {
        HelpName = "ID",
        Description = "A rule, e.g. OW301; all of them when left out",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _format = new("--format")
    {
        Description = "text (default), or markdown for a table",
        HelpName = "FORMAT",
    };

    public Command Create()
    {
        var command = new Command("rules", "List what is checked, or explain one rule. Example: originwatch rules OW301") { _id, _format };
        _format.AcceptOnlyFromAmong("text", "markdown");
        _id.CompletionSources.Add(_ => Catalog().Select(rule => new System.CommandLine.Completions.CompletionItem(rule.Id)));
        command.SetAction(parsed => Run(parsed.GetValue(_id), parsed.GetValue(_format), parsed.InvocationConfiguration.Output));
        return command;
    }

    private static IEnumerable<RuleMetadata> Catalog() => new RuleCatalog(new()).Rules.Select(rule => rule.Metadata);

    private static int Run(string? id, string? format, TextWriter output)
    {
        if (id is null)
        {
            output.Write(
                format == "markdown"
                    ? RuleTable.Render(Catalog())
                    : string.Concat(Catalog().Select(rule => $"{rule.Id}  {rule.Severity, -13}  {rule.Title}\n"))
            );
            return ExitCode.Clean;
        }

        if (Catalog().FirstOrDefault(rule => string.Equals(rule.Id, id, StringComparison.OrdinalIgnoreCase)) is not { } found)
        {
            throw new UsageException($"There is no rule {id}; '{Invocation.Program} rules' lists them.");
        }

        output.WriteLine(Explain(found));
        return ExitCode.Clean;
    }

    private static string Explain(RuleMetadata rule)
    {
        List<string> lines =
        [
            $"{rule.Id}  {rule.Title}",
            $"Severity     {rule.Severity}{(rule.RejectsTraffic ? " (viewers get an error from CloudFront)" : "")}",
            $"Why          {rule.Rationale}",
            $"Remedy       {OwnCommands.For(rule.Remediation, Invocation.Program)}",
            $"Reference    {rule.Reference}",
        ];
        if (rule.SecurityHubControl is { } control)
        {
            lines.Add($"Security Hub {control}");
        }

        return string.Join(Environment.NewLine, lines);
    }
}
