using OriginWatch.Audit;
using OriginWatch.Trust.Lifecycles;

namespace OriginWatch.Reporting.Html;

/// <summary>A root that leaves Mozilla's list, with what depends on it.</summary>
internal sealed record LeavingRoot(RootRetirement Retirement, int Origins);

/// <summary>The roots that chains of this report end in and that leave, the first to leave first.</summary>
internal static class RootCalendar
{
    public static IReadOnlyList<LeavingRoot> Of(AuditReport report) =>
        [
            .. report
                .Origins.SelectMany(origin =>
                    origin.Observation.Targets.Select(target =>
                        (Origin: OriginKey.Of(origin.Planned), OriginStory.Chain(target)?.Retirement)
                    )
                )
                .Where(seen => seen.Retirement is not null)
                .GroupBy(seen => seen.Retirement!.Sha256, StringComparer.Ordinal)
                .Select(group => new LeavingRoot(
                    group.First().Retirement!,
                    group.DistinctBy(seen => seen.Origin, StringComparer.Ordinal).Count()
                ))
                .OrderBy(root => root.Retirement.Day)
                .ThenBy(root => root.Retirement.Root, StringComparer.Ordinal),
        ];

    public static Markup Table(IReadOnlyList<LeavingRoot> roots, DateTimeOffset now) =>
        Markup.If(
            roots.Count > 0,
            $"""
            <section class="scroll" aria-label="Roots that leave Mozilla's list" tabindex="0">
            <table class="expiry">
            <caption>Roots that leave Mozilla's list</caption>
            <thead><tr><th scope="col">Root</th><th scope="col">Leaves on</th><th scope="col">Left</th><th scope="col">Origins</th></tr></thead>
            <tbody>
            {Markup.Join(roots.Select(root => Row(root, now)), "\n")}
            </tbody>
            </table>
            </section>
            """
        );

    private static Markup Row(LeavingRoot root, DateTimeOffset now) =>
        Markup.Of(
            $"""
            <tr><th scope="row">{root.Retirement.Root}</th><td>{Phrases.Date(root.Retirement.From)}</td><td><span class="pill {Tone(
                root.Retirement,
                now
            )}">{Phrases.Distance(root.Retirement.From, now)}</span></td><td>{Phrases.Number(root.Origins)}</td></tr>
            """
        );

    /// <summary>As OW412 weighs it.</summary>
    private static string Tone(RootRetirement retirement, DateTimeOffset now) =>
        retirement.DaysLeft(now) switch
        {
            <= 30 => "high",
            <= 180 => "medium",
            _ => "good",
        };
}
