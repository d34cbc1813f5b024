using OriginWatch.Aws.Publishing;

namespace OriginWatch.Aws;

/// <summary>The tables of the README that the code knows best, in Markdown. A test compares them with what stands there.</summary>
public static class ReadmeTables
{
    public static string Settings()
        => Table(["Variable", "What it decides", "Allowed", "Default"], SettingsReader.All.Select(setting => new[] { $"`{setting.Name}`", setting.Meaning, setting.Allowed, setting.Default ?? "must be set" }));

    public static string Metrics()
        => Table(["Metric", "Unit", "What it counts"], RunMetrics.All.Select(metric => new[] { $"`{metric.Name}`", metric.Unit, metric.Meaning }));

    public static string Permissions()
        => Table(["Action", "On", "For"], IamActions.All.Select(permission => new[] { $"`{permission.Action}`", permission.Resource == "*" ? "`*`" : permission.Resource, permission.Purpose }));

    private static string Table(string[] head, IEnumerable<string[]> rows)
        => string.Concat(rows.Prepend([.. head.Select(_ => "---")]).Prepend(head).Select(row => $"| {string.Join(" | ", row)} |\n"));
}
