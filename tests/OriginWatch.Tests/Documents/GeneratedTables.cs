using System.CommandLine;
using OriginWatch.Aws;
using OriginWatch.Aws.Publishing;
using OriginWatch.Cli;

namespace OriginWatch.Tests.Documents;

/// <summary>The tables that the code knows best, in Markdown.</summary>
internal static class GeneratedTables
{
    public static string Commands() =>
        Table(
            ["Command", "What it does"],
            CommandLine
                .Create()
                .Subcommands.Where(command => !command.Hidden)
                .Select(command => new[] { Code(Usage(command)), command.Description! })
        );

    public static string Options(string command)
    {
        var options = CommandLine.Create().Subcommands.Single(subcommand => subcommand.Name == command).Options;
        return Table(
            ["Option", "What it does"],
            options
                .Where(option => !option.Hidden)
                .Select(option => new[] { Code($"{option.Name} {Value(option)}".Trim()), option.Description! })
        );
    }

    public static string Settings() =>
        Table(
            ["Variable", "What it decides", "Allowed", "Default"],
            SettingDefinitions.All.Select(setting =>
                new[] { Code(setting.Name), setting.Meaning, setting.Allowed, setting.Default ?? "must be set" }
            )
        );

    public static string Metrics() =>
        Table(
            ["Metric", "Unit", "What it counts"],
            RunMetrics.All.Select(metric => new[] { Code(metric.Name), metric.Unit, metric.Meaning })
        );

    public static string OrganizationMetrics() =>
        Table(
            ["Metric", "Unit", "What it counts"],
            OriginWatch.Aws.Publishing.OrganizationMetrics.Own.Select(metric => new[] { Code(metric.Name), metric.Unit, metric.Meaning })
        );

    public static string Permissions() =>
        Table(
            ["Action", "On", "For"],
            IamActions
                .All.Select(permission => Permission(permission.Action, permission.Resource, permission.Purpose))
                .Concat(
                    IamActions.Optional.Select(permission =>
                        Permission(
                            permission.Action,
                            permission.Resource,
                            $"{permission.Purpose}; only with {Code($"{permission.Parameter}=yes")}"
                        )
                    )
                )
        );

    private static string[] Permission(string action, string resource, string purpose) =>
        [Code(action), resource == "*" ? Code("*") : resource, purpose];

    private static string Usage(Command command) => string.Join(' ', command.Arguments.Select(Place).Prepend(command.Name));

    private static string Place(Argument argument)
    {
        var name = argument.HelpName ?? argument.Name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{name}]" : name;
    }

    private static string Value(Option option) =>
        option.ValueType == typeof(bool) ? "" : option.HelpName ?? option.Name.TrimStart('-').ToUpperInvariant();

    private static string Code(string text) => $"`{text}`";

    private static string Table(string[] head, IEnumerable<string[]> rows) =>
        string.Concat(
            rows.Prepend([.. head.Select(_ => "---")]).Prepend(head).Select(row => $"| {string.Join(" | ", row.Select(Cell))} |\n")
        );

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
