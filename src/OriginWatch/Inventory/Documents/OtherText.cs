using System.Text.RegularExpressions;
using OriginWatch.Text;

namespace OriginWatch.Inventory.Documents;

/// <summary>Says what a text is that is no inventory, and how to get one. It quotes messages alone: a listing holds the secrets of custom
/// headers.</summary>
internal static partial class OtherText
{
    public const string HowTo = "Save a listing with: aws cloudfront list-distributions --output json > distributions.json";
    public const string PlanHowTo = "Save a plan with: terraform plan -out PLAN && terraform show -json PLAN > plan.json";

    /// <summary>More than this is no message.</summary>
    private const int LongestMessage = 4000;

    /// <summary>What is told apart by its text is told apart by this much of it.</summary>
    private const int LongestPreamble = 256 * 1024;

    /// <summary>One sentence and the right command; null where the text may be YAML.</summary>
    public static string? Explain(string whole)
    {
        var text = whole.Length > LongestPreamble ? whole[..LongestPreamble] : whole;
        var start = text.AsSpan().TrimStart();
        return start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
                ? $"This is a web page, perhaps of a proxy or a sign-in, not a listing. {HowTo}"
            : start.StartsWith("<", StringComparison.Ordinal) ? $"This is XML, not a listing as the AWS CLI prints it. {HowTo}"
            : IsTable(start) || IsTabbed(start) ? $"It is not JSON: the AWS CLI wrote a table or plain text. {HowTo}"
            : PrintedPlan().IsMatch(text) ? $"This is a plan as Terraform prints it for people. {PlanHowTo}"
            : TerraformSource().IsMatch(text) ? $"This is Terraform's source, whose values only a plan knows. {PlanHowTo}"
            : Message(text) is { } message
                ? $"This is an error message, not a listing: {Quoted.Text(message)}. Fix that and save the listing again. {HowTo}"
            : LaterJson().IsMatch(text) ? $"There is a message before the JSON. Save it again without 2>&1. {HowTo}"
            : null;
    }

    /// <summary>For a text that is nothing known.</summary>
    public static string Unknown(string text) =>
        text.Length <= LongestMessage && FirstLine(text) is { Length: > 0 } line && !line.Contains(':', StringComparison.Ordinal)
            ? $"This is not a listing of distributions: {Quoted.Text(line)}. {HowTo}"
            : $"It is not JSON; was --output json left out? {HowTo}";

    private static bool IsTable(ReadOnlySpan<char> start) =>
        start.StartsWith("-----", StringComparison.Ordinal) || start.StartsWith("+---", StringComparison.Ordinal);

    /// <summary>--output text: a word in capitals, then a tab.</summary>
    private static bool IsTabbed(ReadOnlySpan<char> start) =>
        start.IndexOf('\t') is > 0 and < 40 and var tab && start[..tab].IndexOfAnyExceptInRange('A', 'Z') < 0;

    private static string? Message(string text)
    {
        if (text.Length > LongestMessage && !text.StartsWith("Traceback", StringComparison.Ordinal))
        {
            return null;
        }

        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return lines is ["Traceback (most recent call last):", .., var last]
            ? last
            : lines.Take(5).FirstOrDefault(line => ErrorLine().IsMatch(line));
    }

    private static string FirstLine(string text) => text.TrimStart().Split('\n')[0].TrimEnd();

    /// <summary>How the AWS CLI, the SDKs, shells and Terraform begin what went wrong.</summary>
    [GeneratedRegex(
        @"^(aws: |usage: |unable to |an error occurred|(fatal |\[?)error\b|could not |cannot |failed |the (config profile|sso session|user-provided|security token)|token has expired|"
            + @"partial credentials|invalid |you must specify|unknown options|connect(ion)? (timeout|was|refused|aborted)|read timeout|ssl validation|no such|"
            + @"(ba|z|da|fi)?sh: |'?aws'? (is not recognized|: )|[│╷] *error\b|maximum number|credentials )",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex ErrorLine();

    [GeneratedRegex(
        @"^\s*(resource|module|provider|data|variable|output)\s+""[^""\n]*""[^{\n]*\{|^\s*(terraform|locals)\s*\{",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex TerraformSource();

    [GeneratedRegex(
        @"^\s*(Terraform|OpenTofu) (used the selected providers|will perform the following actions)|^\s*# \S+ will be (created|destroyed|updated in-place)|^No changes\. Your infrastructure|^Changes to Outputs:",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex PrintedPlan();

    /// <summary>A line that opens a JSON object, and one that closes it.</summary>
    [GeneratedRegex(
        @"\n\{[ \t]*\r?\n(.|\n)*\n\}",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex LaterJson();
}
