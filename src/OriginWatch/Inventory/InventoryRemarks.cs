using OriginWatch.Text;

namespace OriginWatch.Inventory;

/// <summary>What a reader of an inventory met and did not understand: one sentence each, said once however often it was met.</summary>
public sealed class InventoryRemarks
{
    /// <summary>More kinds of unknown than this are counted, not listed.</summary>
    private const int Limit = 50;

    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private readonly List<string> _sentences = [];
    private int _unsaid;

    public IReadOnlyList<string> Sentences =>
        _unsaid == 0 ? [.. _sentences] : [.. _sentences, $"{_unsaid} more remarks of this sort were left out."];

    public void Add(string sentence)
    {
        if (!_said.Add(sentence))
        {
            return;
        }

        if (_sentences.Count < Limit)
        {
            _sentences.Add(sentence);
        }
        else
        {
            _unsaid++;
        }
    }

    public void UnknownMember(string kind, string member) =>
        Add($"{kind} has a member that this version does not know and did not read: {Quoted.Text(member)}.");

    public void UnknownValue(string member, string value) =>
        Add($"{member} has a value that this version does not know: {Quoted.Text(value)}.");
}
