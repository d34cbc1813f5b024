using System.CommandLine;
using OriginWatch.Audit;
using OriginWatch.Inventory;
using OriginWatch.Reporting;
using OriginWatch.Rules;

namespace OriginWatch.Cli.Commands;

/// <summary>Audits a small inventory and tells the story of its origins.</summary>
internal static class OriginStories
{
    public static async Task<int> RunAsync(ParseResult parsed, ConnectionOptions connection, IInventorySource inventory, string? originId, CancellationToken cancellationToken)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        using var display = new RunDisplay(error, parsed.GetValue(connection.Quiet));
        using var interrupt = new Interrupt(display.Interrupted, cancellationToken);
        using var setup = new AuditSetup(connection, parsed);
        var report = await display.RunAsync(progress => setup.Audit.RunAsync(inventory, progress, interrupt.Token, CancellationToken.None));
        var origins = report.Origins.Where(origin => originId is null || origin.Planned.Origin.Id == originId).ToList();
        if (origins.Count == 0)
        {
            throw new CommandException($"There is no origin '{originId}' there; the distribution has {string.Join(", ", report.Origins.Select(origin => origin.Planned.Origin.Id))}.");
        }

        var terminal = new Terminal(output, parsed.GetValue(connection.NoColor));
        foreach (var origin in origins)
        {
            terminal.Write(ExplainReport.Render(origin, new ReportOptions { Width = terminal.Width }));
        }

        return !report.Run.Complete ? ExitCode.Incomplete : origins.Exists(origin => origin.Verdict == OriginVerdict.Rejects) ? ExitCode.Findings : ExitCode.Clean;
    }
}
