using System.CommandLine;
using OriginWatch.Cli.Configuration;
using OriginWatch.Text;

namespace OriginWatch.Cli.Commands;

/// <summary><c>originwatch config</c>: what a scan would take its options from.</summary>
internal sealed class ConfigCommand
{
    private readonly Option<bool> _schema = new("--schema") { Description = "Print the JSON Schema of originwatch.yaml, for editors" };

    public Command Create()
    {
        var command = new Command(
            "config",
            "Print the options of a scan that are in force, and where each comes from. Example: originwatch config"
        );
        foreach (var option in new ScanCommand().Create().Options)
        {
            command.Add(option);
        }

        command.Add(_schema);
        command.SetAction((parsed, cancellationToken) => RunAsync(command, parsed, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(Command command, ParseResult parsed, CancellationToken cancellationToken)
    {
        var output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_schema))
        {
            await output.WriteAsync(ConfigurationSchema.Of(new ScanCommand().Create()));
            return ExitCode.Clean;
        }

        var file = ConfiguredCommand.FileOf(parsed);
        var lines = file is null ? [] : await ConfigurationFile.ReadAsync(file, cancellationToken);
        await output.WriteLineAsync(
            file is null ? $"No {ConfigurationFile.UsualName} in this folder, and no --config." : $"Configuration: {Escape.Text(file)}"
        );
        var options = ConfiguredCommand.Configurable(command).OrderBy(option => option.Name, StringComparer.Ordinal).ToList();
        var width = options.Max(option => option.Name.Length);
        foreach (var option in options)
        {
            await output.WriteLineAsync(
                $"{option.Name[2..].PadRight(width)}{Escape.Text(ValueOf(parsed, option))}  ({SourceOf(parsed, option, lines)})"
            );
        }

        return ExitCode.Clean;
    }

    private static string ValueOf(ParseResult parsed, Option option) =>
        ConfiguredCommand.IsGiven(parsed, option)
            ? parsed.GetResult(option)!.Tokens is { Count: > 0 } tokens
                ? string.Join(", ", tokens.Select(token => token.Value))
                : "true"
            : option.ValueType == typeof(bool)
                ? "false"
                : option.HasDefaultValue
                    ? option.GetDefaultValue()?.ToString() ?? "-"
                    : "-";

    private static string SourceOf(ParseResult parsed, Option option, IReadOnlyList<ConfiguredOption> lines) =>
        lines.FirstOrDefault(line => $"--{line.Key}" == option.Name) is not { } line
            ? ConfiguredCommand.IsGiven(parsed, option)
                ? "command line"
                : "default"
            : IsTaken(parsed, option, line)
                ? $"line {line.Line}"
                : $"command line, in place of line {line.Line}";

    /// <summary>True where the values in force are those of the file.</summary>
    private static bool IsTaken(ParseResult parsed, Option option, ConfiguredOption line) =>
        line.IsInline
        || option.ValueType == typeof(bool)
        || parsed
            .GetResult(option)
            ?.Tokens.Select(token => Path.GetFileName(token.Value))
            .SequenceEqual(line.Values.Select(Path.GetFileName), StringComparer.Ordinal) == true;
}
