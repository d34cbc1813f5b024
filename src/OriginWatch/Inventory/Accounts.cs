namespace OriginWatch.Inventory;

/// <summary>Whose distributions they are, by their ARNs.</summary>
internal static class Accounts
{
    /// <returns>Twelve digits; null where the ARNs are absent or name more than one account, which is remarked upon.</returns>
    public static string? Of(IReadOnlyList<Distribution> distributions, InventoryRemarks remarks)
    {
        var accounts = distributions.Select(AccountOf).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (accounts.Count > 1)
        {
            remarks.Add($"The distributions belong to {accounts.Count} accounts ({string.Join(", ", accounts.Take(5))}).");
        }

        return accounts is [var only] ? only : null;
    }

    private static string? AccountOf(Distribution distribution) =>
        distribution.Arn?.Split(':').FirstOrDefault(part => part.Length == 12 && part.All(char.IsAsciiDigit));
}
