using System.Globalization;
using System.Text;
using System.Text.Json;
using OriginWatch.Reporting.Contract;
using OriginWatch.Text;
using OriginWatch.Trust;
using OriginWatch.Trust.Lifecycles;

namespace OriginWatch.Reporting;

/// <summary>What <c>roots</c> says: how old the trust store is, and which of its roots are on their way out.</summary>
public static class RootsReport
{
    public static string Text(TrustStore store, DateTimeOffset now, bool all)
    {
        ArgumentNullException.ThrowIfNull(store);
        var text = new StringBuilder().AppendLine(ChainCheckReport.Roots(store, now));
        foreach (var anchor in store.Anchors.Where(anchor => anchor.DistrustAfter is not null).OrderBy(anchor => anchor.DistrustAfter))
        {
            text.AppendLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Escape.Text(anchor.Label)}: not trusted for certificates issued after {anchor.DistrustAfter:yyyy-MM-dd}"
                )
            );
        }

        foreach (
            var anchor in store.Anchors.Where(anchor => RootRetirement.IsForecast(anchor.Removal, now)).OrderBy(anchor => anchor.Removal)
        )
        {
            text.AppendLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{anchor.Removal:yyyy-MM-dd}  leaves Mozilla's list  {Escape.Text(anchor.Label)}"
                )
            );
        }

        if (store.Anchors.Count(anchor => RootLifecycles.Shipped.Find(anchor.Sha256) is null) is > 0 and var unknown)
        {
            text.AppendLine(
                $"{Phrases.Count(unknown, "root")} not in the lifecycle data: "
                    + $"OriginWatch does not forecast when Mozilla removes {(unknown == 1 ? "it" : "them")}"
            );
        }

        foreach (var anchor in store.Anchors.Where(anchor => anchor.PermittedDomain is not null))
        {
            text.AppendLine($"{Escape.Text(anchor.Label)}: trusted for names under .{anchor.PermittedDomain} alone");
        }

        if (all)
        {
            text.AppendLine();
            foreach (var anchor in store.Anchors)
            {
                text.AppendLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{anchor.Sha256}  {anchor.NotAfter:yyyy-MM-dd}  "
                            + $"{anchor.Removal?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-", -10}  "
                            + $"{Escape.Text(anchor.Label)}"
                    )
                );
            }
        }

        return text.ToString();
    }

    public static string Json(TrustStore store, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(store);
        return JsonSerializer.Serialize(RootsJson.Of(store, now), ContractContext.Default.RootsJson) + "\n";
    }
}
