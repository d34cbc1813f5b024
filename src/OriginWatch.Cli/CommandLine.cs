using System.CommandLine;
using OriginWatch.Aws;
using OriginWatch.Cli.Commands;
using OriginWatch.Cli.Configuration;
using OriginWatch.History;
using OriginWatch.Inventory;
using OriginWatch.Reporting;
using OriginWatch.Text;
using OriginWatch.Trust;

namespace OriginWatch.Cli;

/// <summary>The commands, and the one place where a fault becomes a line on stderr and an exit code.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var configuration = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            var parsed = await ConfiguredCommand.ParseAsync(Create(), args, cancellationToken);
            var code = await parsed.InvokeAsync(configuration, cancellationToken);
            return parsed.Errors.Count > 0 ? ExitCode.WrongUsage : code;
        }
        catch (ConfigurationException exception)
        {
            await error.WriteLineAsync($"originwatch: {Escape.Text(exception.Message)}");
            return ExitCode.WrongUsage;
        }
        catch (Exception exception) when (exception is InventoryException or ReportFormatException or TrustStoreException or RunStoreException or BaselineException or SettingsException or CommandException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"originwatch: {Escape.Text(exception.Message)}");
            return ExitCode.CouldNotDoTheJob;
        }
#pragma warning disable CA1031 // Whatever else comes up here is a fault of the program, and no reason to print a stack at an operator.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await error.WriteLineAsync($"originwatch: this is a fault of OriginWatch, please report it: {exception.GetType().Name}: {Escape.Text(exception.Message)}{Where(exception)}");
            return ExitCode.CouldNotDoTheJob;
        }
    }

    private static string Where(Exception exception)
        => exception.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains(nameof(OriginWatch), StringComparison.Ordinal)) is { } line ? $" ({line.Trim()})" : "";

    internal static RootCommand Create()
    {
        var root = new RootCommand("Tells which CloudFront origins answer 502 tonight, which will next week, and which are reached in clear text.")
        {
            new ScanCommand().Create(),
            new ConfigCommand().Create(),
            new DemoCommand().Create(),
            new ExplainCommand().Create(),
            new ProbeCommand().Create(),
            new NotifyCommand().Create(),
            new RulesCommand().Create(),
            new CheckChainCommand(TimeProvider.System).Create(),
            new RootsCommand(TimeProvider.System).Create(),
        };
        root.HelpName = "originwatch";
        root.Options.OfType<VersionOption>().Single().Action = new PrintVersion();
        return root;
    }
}
