using System.Globalization;
using OriginWatch.Audit;
using OriginWatch.Edge;
using OriginWatch.Rules;

namespace OriginWatch.Reporting.Html;

/// <summary>What CloudFront said of an origin, as a cell beside the handshake.</summary>
internal static class HtmlEdge
{
    public static Markup Cell(OriginReport origin)
    {
        var sighting = origin.Observation.Edge?.Decisive;
        var last = sighting?.Outcome.Last;
        return Markup.Of(
            $"""
            <td class="edge{(last?.IsFailure is true ? " failed" : "")}">{Words(sighting, last)}{Markup.If(
                last?.Pop is not null,
                $"""<span class="sub">{Place(last)}</span>"""
            )}{Markup.If(sighting?.IsContradiction is true, $"""<span class="sub">contradicts the handshake</span>""")}</td>
            """
        );
    }

    private static string Words(EdgeSighting? sighting, EdgeAnswer? last) =>
        last?.Kind switch
        {
            null => sighting is null ? "no request" : "no request in time",
            EdgeAnswerKind.Reached => "reached the origin",
            EdgeAnswerKind.DnsFailed => "DNS failed",
            EdgeAnswerKind.ConnectionFailed => "connection failed",
            EdgeAnswerKind.NoAnswerInTime => "no response in time",
            EdgeAnswerKind.FailedForUnknownReason => "failed, reason unknown",
            EdgeAnswerKind.AnsweredByEdge => "response of CloudFront itself",
            EdgeAnswerKind.FromCache => "response from the cache",
            EdgeAnswerKind.HiddenByErrorPage => "custom error page",
            _ => "no CloudFront response",
        };

    private static string Place(EdgeAnswer? answer) =>
        string.Create(CultureInfo.InvariantCulture, $"HTTP {answer?.Status} at {answer?.Pop}");
}
