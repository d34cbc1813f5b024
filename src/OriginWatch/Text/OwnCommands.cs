using System.Text.RegularExpressions;

namespace OriginWatch.Text;

/// <summary>Commands of this program inside sentences are written <c>'originwatch …'</c>, in single quotes: each medium says them as its
/// readers can type them.</summary>
public static partial class OwnCommands
{
    private const string Written = "'originwatch ";

    /// <param name="text">With commands as they are written in the code.</param>
    /// <param name="program">How the reader has started the program.</param>
    /// <param name="explain">The whole command that explains an origin, with {0} for the origin; null where only the program's name is
    /// known.</param>
    public static string For(string text, string program, string? explain = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var explained = explain is null
            ? text
            : Explain().Replace(text, match => $"'{explain.Replace("{0}", match.Groups["origin"].Value, StringComparison.Ordinal)}'");
        return explained.Replace(Written, $"'{program} ", StringComparison.Ordinal);
    }

    /// <summary>For a mail, whose reader may start the program in any way.</summary>
    public static string InMail(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Replace(Written, "OriginWatch's command '", StringComparison.Ordinal);
    }

    [GeneratedRegex("'originwatch explain (?<origin>[^' ]+)'", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Explain();
}
