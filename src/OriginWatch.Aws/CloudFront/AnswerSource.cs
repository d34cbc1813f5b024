using OriginWatch.Inventory;

namespace OriginWatch.Aws.CloudFront;

/// <summary>A part of CloudFront's answer.</summary>
/// <param name="Where">Which part, e.g. <c>origin app of distribution E1EXAMPLE</c>.</param>
/// <param name="Remarks">Of the whole inventory.</param>
internal sealed record AnswerSource(string Where, InventoryRemarks Remarks) : IDraftSource
{
    /// <summary>A part of this part.</summary>
    public AnswerSource In(string part) => new($"{part} of {Where}", Remarks);

    public InventoryException Missing(string member) => Required.Missing(Where, member);

    public InventoryException Broken(string member, string what) =>
        new($"CloudFront's answer, {member} of {Where}: {what} Nothing was evaluated.");

    /// <exception cref="InventoryException">The list is not as long as it says.</exception>
    public IReadOnlyList<T> Items<T>(List<T>? items, int? quantity, string what) =>
        CountedList.Items(items, quantity, $"{what} of {Where}");
}
