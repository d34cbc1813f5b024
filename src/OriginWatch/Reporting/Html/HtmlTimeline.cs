using System.Globalization;
using OriginWatch.Audit;

namespace OriginWatch.Reporting.Html;

/// <summary>When certificates end: all of them by week in one drawing, and the first few as a table. Readable for one certificate and for
/// thousands.</summary>
internal static class HtmlTimeline
{
    private const int ListedCertificates = 12;

    /// <summary>13 months: longer than a public certificate may live since 2020 (398 days, CA/Browser Forum Baseline Requirements
    /// 6.3.2).</summary>
    private const int Weeks = 57;

    private const int DaysPerWeek = 7;
    private const int UrgentDays = 7;
    private const int SoonDays = 21;
    private const int PlotHeight = 120;
    private const int PlotTop = 18;
    private const int LabelledWeeks = 13;

    public static Markup Section(AuditReport report)
    {
        var certificates = ExpiryCalendar.Of(report);
        var now = report.Run.JudgedAt;
        var roots = RootCalendar.Of(report);
        return certificates.Count == 0
            ? Markup.Trusted("")
            : Markup.Of(
                $"""
                <section aria-labelledby="expiry">
                <h2 id="expiry">Certificates by expiry <span class="muted">{Phrases.Count(certificates.Count, "certificate")}</span></h2>
                <figure class="timeline">
                {Plot(certificates, roots, now)}
                <figcaption><span class="key critical">expired</span> <span class="key high">within {UrgentDays} days</span> <span class="key medium">within {SoonDays} days</span> <span class="key good">later</span> <span class="muted">one bar is one week; the first holds all that has expired, the last all that ends after {Phrases.Date(
                    now.AddDays(Weeks * DaysPerWeek)
                )}</span></figcaption>
                </figure>
                {Table(certificates, now)}
                {RootCalendar.Table(roots, now)}
                </section>
                """
            );
    }

    internal static string Tone(DateTimeOffset expiresAt, DateTimeOffset now) =>
        (expiresAt - now).TotalDays switch
        {
            < 0 => "critical",
            < UrgentDays => "high",
            < SoonDays => "medium",
            _ => "good",
        };

    private static Markup Plot(IReadOnlyList<ExpiringCertificate> certificates, IReadOnlyList<LeavingRoot> roots, DateTimeOffset now)
    {
        var weeks = certificates
            .GroupBy(certificate => Bin(certificate.ExpiresAt, now))
            .ToDictionary(group => group.Key, group => group.ToList());
        var highest = weeks.Values.Max(week => week.Count);
        var numbered = Numbered(weeks, highest);
        var expired = certificates.Count(certificate => certificate.ExpiresAt < now);
        return Markup.Of(
            $"""
            <svg role="img" aria-label="{Phrases.Count(certificates.Count, "certificate")}: {expired} expired, {certificates.Count(
                certificate => Tone(certificate.ExpiresAt, now) == "high"
            )} within {UrgentDays} days, {certificates.Count(certificate =>
                Tone(certificate.ExpiresAt, now) == "medium"
            )} within {SoonDays} days. The table below lists the first." width="100%" height="{PlotTop + PlotHeight + 24}">
            <line class="axis" x1="0" x2="100%" y1="{PlotTop + PlotHeight}" y2="{PlotTop + PlotHeight}" />
            {Markup.Join(
                weeks.OrderBy(week => week.Key).Select(week => Bar(week.Key, week.Value, highest, numbered.Contains(week.Key), now)),
                "\n"
            )}
            {Markup.Join(
                roots.Where(root => Bin(root.Retirement.From, now) is > 0 and <= Weeks).GroupBy(root => root.Retirement.Day).Select(day =>
                    Leaving([.. day], now)
                ),
                "\n"
            )}
            {Markup.Join(Enumerable.Range(0, Weeks / LabelledWeeks + 1).Select(i => Label(i * LabelledWeeks, now)), "\n")}
            </svg>
            """
        );
    }

    /// <summary>0 for what has expired, 1 for this week, the last for what is far.</summary>
    private static int Bin(DateTimeOffset expiresAt, DateTimeOffset now) =>
        expiresAt < now ? 0 : Math.Min(1 + ((int)(expiresAt - now).TotalDays / DaysPerWeek), Weeks + 1);

    /// <summary>The bars that carry their number: the high ones, from the highest down, as far as no two numbers touch. On a screen of 900
    /// pixels a bar is about two digits wide.</summary>
    private static HashSet<int> Numbered(Dictionary<int, List<ExpiringCertificate>> weeks, int highest)
    {
        var numbered = new HashSet<int>();
        var apart = (highest.ToString(CultureInfo.InvariantCulture).Length + 2) / 2;
        foreach (
            var (bin, _) in weeks
                .Where(week => week.Value.Count * 8 >= highest)
                .OrderByDescending(week => week.Value.Count)
                .ThenBy(week => week.Key)
        )
        {
            if (numbered.All(other => Math.Abs(other - bin) >= apart))
            {
                numbered.Add(bin);
            }
        }

        return numbered;
    }

    private static Markup Bar(int bin, List<ExpiringCertificate> week, int highest, bool isNumbered, DateTimeOffset now)
    {
        var height = Math.Max(4, (int)Math.Round(PlotHeight * (double)week.Count / highest));
        var when =
            bin == 0 ? "expired"
            : bin > Weeks ? "later"
            : $"week from {Phrases.Date(now.AddDays((bin - 1) * DaysPerWeek))}";
        var count = Markup.If(
            isNumbered,
            $"""<text class="count{(week.Count == highest ? "" : " minor")}" x="{Percent(bin + 0.5)}%" y="{PlotTop + PlotHeight - height - 4}" text-anchor="{(bin == 0 ? "start" : bin > Weeks ? "end" : "middle")}">{week.Count}</text>"""
        );
        return Markup.Of(
            $"""<rect class="{Tone(week[0].ExpiresAt, now)}" x="{Percent(bin + 0.1)}%" width="{Percent(0.8)}%" y="{PlotTop + PlotHeight - height}" height="{height}"><title>{when}: {Phrases.Count(week.Count, "certificate")}, {Phrases.Count(week.Sum(certificate => certificate.Origins), "origin")}</title></rect>{count}"""
        );
    }

    private static Markup Leaving(IReadOnlyList<LeavingRoot> roots, DateTimeOffset now)
    {
        var place = Percent(Bin(roots[0].Retirement.From, now) + 0.5);
        return Markup.Of(
            $"""<line class="leaving" x1="{place}%" x2="{place}%" y1="0" y2="{PlotTop + PlotHeight}"><title>{Phrases.Date(roots[0].Retirement.From)}: {string.Join(", ", roots.Select(root => root.Retirement.Root))} leave{(roots.Count == 1 ? "s" : "")} Mozilla's list</title></line>"""
        );
    }

    private static Markup Label(int week, DateTimeOffset now) =>
        Markup.Of(
            $"""
            <line class="tick" x1="{Percent(week + 1)}%" x2="{Percent(week + 1)}%" y1="{PlotTop + PlotHeight}" y2="{PlotTop
                + PlotHeight
                + 5}" /><text x="{Percent(week + 1)}%" y="{PlotTop + PlotHeight + 19}" class="{(
                week / LabelledWeeks % 2 == 0 ? "major" : "minor"
            )}" text-anchor="{(
                week == 0 ? "start"
                : week + LabelledWeeks > Weeks ? "end"
                : "middle"
            )}">{(week == 0 ? "today" : Phrases.Month(now.AddDays(week * DaysPerWeek)))}</text>
            """
        );

    private static double Percent(double bins) => bins * 100 / (Weeks + 2);

    private static Markup Table(IReadOnlyList<ExpiringCertificate> certificates, DateTimeOffset now) =>
        Markup.Of(
            $"""
            <section class="scroll" aria-label="Certificates by expiry, as a table" tabindex="0">
            <table class="expiry">
            <caption>{(
                certificates.Count > ListedCertificates
                    ? $"The first {ListedCertificates} of {Phrases.Number(certificates.Count)} to expire"
                    : "In the order of expiry"
            )}</caption>
            <thead><tr><th scope="col">Name</th><th scope="col">Valid until</th><th scope="col">Left</th><th scope="col">Origins</th></tr></thead>
            <tbody>
            {Markup.Join(certificates.Take(ListedCertificates).Select(certificate => Row(certificate, now)), "\n")}
            </tbody>
            </table>
            </section>
            """
        );

    private static Markup Row(ExpiringCertificate certificate, DateTimeOffset now) =>
        Markup.Of(
            $"""
            <tr><th scope="row">{Markup.Host(certificate.Name)}{Markup.If(
                certificate.MoreNames > 0,
                $""" <span class="muted">and {Phrases.Count(certificate.MoreNames, "more name")}</span>"""
            )}</th><td>{Phrases.Date(certificate.ExpiresAt)}</td><td><span class="pill {Tone(
                certificate.ExpiresAt,
                now
            )}">{Phrases.Distance(certificate.ExpiresAt, now)}</span></td><td>{Phrases.Number(certificate.Origins)}</td></tr>
            """
        );
}
