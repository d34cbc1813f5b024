using System.Security.Cryptography;
using System.Text;
using OriginWatch.Audit;
using OriginWatch.Reporting.Html;

namespace OriginWatch.Reporting;

/// <summary>The report as one self-contained page: no request leaves it, nothing but its own style and script runs in it.</summary>
public static class HtmlReport
{
    public static string Render(AuditReport report, ReportOptions? options = null)
    {
        options ??= ReportOptions.Default;
        var outline = ReportOutline.Of(report, options);
        var anchors = CauseAnchors.Of(outline);
        var (style, script) = (EmbeddedText.Read("report.css"), EmbeddedText.Read("report.js"));
        var verdict = VerdictSentence.Of(outline);
        return Markup
            .Of(
                $"""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '{HashOf(style)}'; script-src '{HashOf(
                    script
                )}'; base-uri 'none'; form-action 'none'">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta name="referrer" content="no-referrer">
                <title>OriginWatch: {TitleOf(verdict)}</title>
                <style>{Markup.Trusted(style)}</style>
                </head>
                <body>
                <a class="skip" href="#report">Skip to the report</a>
                {HtmlSummary.Header(outline, verdict)}
                <main id="report">
                {HtmlOrigins.Controls(report)}
                {HtmlSummary.FirstSteps(outline, anchors)}
                {HtmlAccounts.Section(report)}
                {HtmlTimeline.Section(report)}
                {HtmlCauses.Sections(outline, anchors, options)}
                {HtmlOrigins.Section(outline, anchors, options)}
                {HtmlSummary.Facts(outline, options)}
                </main>
                <script>{Markup.Trusted(script)}</script>
                </body>
                </html>

                """
            )
            .ToString();
    }

    /// <summary>The first clause: a browser's tab shows no more.</summary>
    private static string TitleOf(string verdict) => verdict.Split([", ", "; ", ": "], StringSplitOptions.None)[0].TrimEnd('.');

    /// <summary>Content Security Policy Level 3, section 2.3.1: over the exact text between the tags.</summary>
    private static Markup HashOf(string text) =>
        Markup.Trusted($"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}");
}
