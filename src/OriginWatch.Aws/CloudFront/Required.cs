using OriginWatch.Inventory;

namespace OriginWatch.Aws.CloudFront;

/// <summary>What the service model marks as required is there, or the answer is not CloudFront's.</summary>
internal static class Required
{
    public static string Text(string? value, string where, string member) =>
        string.IsNullOrEmpty(value) ? throw Missing(where, member) : value;

    public static T Shape<T>(T? value, string where, string member)
        where T : class => value ?? throw Missing(where, member);

    public static InventoryException Missing(string where, string member) =>
        new($"CloudFront's answer has no {member} for {where}: it was cut short, or something else answered. Nothing was evaluated.");
}
