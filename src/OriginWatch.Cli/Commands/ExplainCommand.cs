using System.CommandLine;
using OriginWatch.Inventory;
using OriginWatch.Reporting;
using OriginWatch.Rules;

namespace OriginWatch.Cli.Commands;

/// <summary><c>originwatch explain DISTRIBUTION[/ORIGIN]</c>: the whole story of an origin.</summary>
internal sealed class ExplainCommand
{
    private readonly Argument<string> _subject = new("DISTRIBUTION[/ORIGIN]") { Description = "A distribution's id, and one of its origins; all of its origins when left out" };
    private readonly InventoryOptions _inventory = new();
    private readonly ConnectionOptions _connection = new();

    public Command Create()
    {
        var command = new Command("explain", "Tell the whole story of an origin: who reaches it, under which names, what it answered, what every rule says. Example: originwatch explain E1EXAMPLE/api --inventory distributions.json") { _subject };
        _inventory.AddTo(command);
        _connection.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (distributionId, originId) = parsed.GetRequiredValue(_subject).Split('/', 2) is [var id, var origin] ? (id, origin) : (parsed.GetRequiredValue(_subject), null);
        using var source = new InventoryChoice(_inventory, parsed);
        return await OriginStories.RunAsync(parsed, _connection, new SelectedInventory(source.Inventory, distributionId), originId, cancellationToken);
    }
}
