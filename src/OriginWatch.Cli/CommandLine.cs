using System.CommandLine;
using OriginWatch.Cli.Commands;
using OriginWatch.Cli.Configuration;
using OriginWatch.History;
using OriginWatch.Inventory;
using OriginWatch.Reporting;
using OriginWatch.Text;

namespace OriginWatch.Cli;

/// <summary>The commands, and the one place where a fault becomes a line on stderr and an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args,
        TextWriter output,
        TextWriter error,
        CancellationToken cancellationToken
    )
    {
        var command = "";
        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            var parsed = await ConfiguredCommand.ParseAsync(Create(), args, cancellationToken);
            command = parsed.CommandResult.Command is RootCommand ? "" : $" {parsed.CommandResult.Command.Name}";
            return parsed.Errors.Count > 0
                ? WrongUsage(error, parsed.Errors[0].Message, command)
                : await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (ConfigurationException exception)
        {
            await error.WriteLineAsync($"originwatch: {Escape.Text(exception.Message)}");
            return ExitCode.WrongUsage;
        }
        catch (UsageException exception)
        {
            return WrongUsage(error, exception.Message, command);
        }
        catch (Exception exception) when (ReadableFault.Of(exception) is { } fault)
        {
            await error.WriteLineAsync($"originwatch: {Escape.Text(OwnCommands.For(fault, Invocation.Program))}");
            return ExitCode.CouldNotDoTheJob;
        }
#pragma warning disable CA1031 // Whatever else comes up here is a fault of the program, and no reason to print a stack at an operator.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await error.WriteLineAsync(
                $"originwatch: this is a fault of OriginWatch, please report it: {exception.GetType().Name}: "
                    + $"{Escape.Text(exception.Message)}{Where(exception)}"
            );
            return ExitCode.CouldNotDoTheJob;
        }
    }

    internal static RootCommand Create()
    {
        var root = new RootCommand("Finds the CloudFront origins whose viewers get HTTP 502, before the viewers do.")
        {
            new ScanCommand().Create(),
            new ConfigCommand().Create(),
            new DemoCommand().Create(),
            new ExplainCommand().Create(),
            new ProbeCommand().Create(),
            new OrganizationCommand().Create(),
            new NotifyCommand().Create(),
            new RulesCommand().Create(),
            new CheckChainCommand(TimeProvider.System).Create(),
            new RootsCommand(TimeProvider.System).Create(),
            new CompletionCommand().Create(),
        };
        root.HelpName = Invocation.ToolName;
        root.Options.OfType<VersionOption>().Single().Action = new PrintVersion();
        return root;
    }

    /// <summary>Two lines: what is wrong, and where it says what is right.</summary>
    private static int WrongUsage(TextWriter error, string message, string command)
    {
        error.WriteLine($"originwatch: {Escape.Text(message)}");
        error.WriteLine($"See '{Invocation.Program}{command} --help'.");
        return ExitCode.WrongUsage;
    }

    private static string Where(Exception exception) =>
        exception.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains(nameof(OriginWatch), StringComparison.Ordinal)) is { } line
            ? $" ({line.Trim()})"
            : "";
}
