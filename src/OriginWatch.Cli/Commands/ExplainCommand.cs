using System.CommandLine;
using OriginWatch.Inventory;

namespace OriginWatch.Cli.Commands;

/// <summary><c>originwatch explain SUBJECT</c>: the whole story of an origin.</summary>
internal sealed class ExplainCommand
{
    private readonly Argument<string> _subject = new("SUBJECT")
    {
        HelpName = "DISTRIBUTION[/ORIGIN]",
        Description = "A distribution's id or alternate domain name, with /ORIGIN for one of its origins; or an origin's domain name",
    };
    private readonly InventoryOptions _inventory = new();
    private readonly OriginStories _stories = new();

    public Command Create()
    {
        var command = new Command(
            "explain",
            "Explain one origin in detail: the verdict, the fix, the evidence. Examples: "
                + "originwatch explain E1EXAMPLE/api --inventory distributions.json; originwatch explain www.example.com"
        )
        {
            _subject,
        };
        _inventory.AddTo(command);
        _stories.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var source = new InventoryChoice(_inventory, parsed);
        var selected = new SelectedInventory(source.Inventory, parsed.GetRequiredValue(_subject));
        return await _stories.RunAsync(
            parsed,
            selected,
            origin => selected.IsAskedFor(origin.Distribution, origin.Origin),
            isHost: false,
            source.Traffic,
            cancellationToken
        );
    }
}
