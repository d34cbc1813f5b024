using System.Text.Json;
using OriginWatch.Audit;
using OriginWatch.Reporting.Sarif;

namespace OriginWatch.Reporting;

/// <summary>
/// SARIF 2.1.0, for code scanning and its like. What fails is a result of kind "fail"; what could not be judged is "open" (section 3.27.9),
/// never a pass.
/// </summary>
public static class SarifReport
{
    /// <summary>GitHub refuses a run with more results; the worst come first.</summary>
    public const int MaxResults = 25_000;

    public static void Write(AuditReport report, Stream stream, ReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        JsonSerializer.Serialize(
            stream,
            SarifBuilder.Of(report, options ?? ReportOptions.Default, MaxResults),
            SarifContext.Default.SarifLog
        );
    }
}
