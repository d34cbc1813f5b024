using System.CommandLine;
using OriginWatch.Text;

namespace OriginWatch.Cli.Configuration;

/// <summary>The command line with what a configuration file adds to it; every option that the command has, whichever those are.</summary>
internal static class ConfiguredCommand
{
    public const string Option = "--config";

    /// <summary>What excludes each other: where the command line gives one, the file's other is left out.</summary>
    private static readonly Dictionary<string, string[]> Exclusive = new(StringComparer.Ordinal)
    {
        ["--inventory"] =
        [
            "--profile",
            "--region",
            "--role-arn",
            "--external-id",
            "--organization",
            "--role-name",
            "--include",
            "--exclude",
        ],
        ["--role-arn"] = ["--inventory", "--organization", "--role-name", "--include", "--exclude"],
        ["--organization"] = ["--inventory", "--role-arn"],
        ["--profile"] = ["--inventory", "--parameter"],
        ["--region"] = ["--inventory", "--parameter"],
    };

    /// <summary>The file that is in force: the one that the command line names, else originwatch.yaml in the working folder; null for
    /// none.</summary>
    public static string? FileOf(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.FirstOrDefault(option => option.Name == Option) is not { } option ? null
        : parsed.GetResult(option)?.Tokens is [var token, ..] ? Path.GetFullPath(token.Value)
        : Path.GetFullPath(ConfigurationFile.UsualName) is var usual && File.Exists(usual) ? usual
        : null;

    /// <exception cref="ConfigurationException">The file is wrong.</exception>
    public static async Task<ParseResult> ParseAsync(RootCommand root, IReadOnlyList<string> args, CancellationToken cancellationToken)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 || FileOf(parsed) is not { } file)
        {
            return parsed;
        }

        var tokens = new List<string>(args);
        foreach (var configured in await ConfigurationFile.ReadAsync(file, cancellationToken))
        {
            tokens.AddRange(TokensOf(parsed, configured, file));
        }

        var merged = root.Parse(tokens);
        return merged.Errors.Count == 0 ? merged : throw new ConfigurationException($"{file}: {merged.Errors[0].Message}");
    }

    private static IEnumerable<string> TokensOf(ParseResult parsed, ConfiguredOption configured, string file)
    {
        var command = parsed.CommandResult.Command;
        var option =
            Configurable(command).FirstOrDefault(option => option.Name == $"--{configured.Key}")
            ?? throw new ConfigurationException(
                $"{file}, line {configured.Line}: {Quoted.Text(configured.Key)} is not an option of {command.Name}. "
                    + $"{Suggestion(command, configured.Key)}"
            );
        if (
            IsGiven(parsed, option)
            || Exclusive.Any(pair =>
                pair.Value.Contains(option.Name, StringComparer.Ordinal)
                && IsGiven(parsed, command.Options.FirstOrDefault(other => other.Name == pair.Key))
            )
        )
        {
            yield break;
        }

        if (option.ValueType == typeof(bool))
        {
            if (configured.Values is not ["true" or "false"])
            {
                throw new ConfigurationException($"{file}, line {configured.Line}: {configured.Key} takes true or false.");
            }

            if (configured.Values is ["true"])
            {
                yield return option.Name;
            }

            yield break;
        }

        foreach (var value in configured.IsInline ? [file] : configured.Values)
        {
            yield return option.Name;
            yield return IsPath(option) && value != "-" ? Path.GetFullPath(value, Path.GetDirectoryName(file)!) : value;
        }
    }

    /// <summary>Every option but those that are about the call itself.</summary>
    public static IEnumerable<Option> Configurable(Command command) =>
        command.Options.Where(option =>
            option.Name is not (Option or "--help" or "--version" or "--schema") && option.Name.StartsWith("--", StringComparison.Ordinal)
        );

    public static bool IsGiven(ParseResult parsed, Option? option) => option is not null && parsed.GetResult(option) is { Implicit: false };

    private static bool IsPath(Option option) =>
        option.ValueType is var type && (type.GetElementType() ?? type).IsAssignableTo(typeof(FileSystemInfo));

    private static string Suggestion(Command command, string key)
    {
        var names = Configurable(command).Select(option => option.Name[2..]).Order(StringComparer.Ordinal).ToList();
        var nearest = names.MinBy(name => Distance(name, key))!;
        return Distance(nearest, key) <= Math.Max(2, key.Length / 3)
            ? $"Did you mean {nearest}?"
            : $"Options are: {string.Join(", ", names)}.";
    }

    /// <summary>Levenshtein's.</summary>
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, Math.Min(other.Length, 100) + 1).ToArray();
        for (var i = 0; i < one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 1; j < row.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i] == other[j - 1] ? 0 : 1)));
            }
        }

        return row[^1];
    }
}
