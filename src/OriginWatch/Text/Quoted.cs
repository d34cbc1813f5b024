using System.Globalization;
using System.Text;

namespace OriginWatch.Text;

/// <summary>Text out of a document as it may stand in a message: quoted, cut, without control characters.</summary>
public static class Quoted
{
    private const int Limit = 100;

    public static string Text(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, Limit)))
        {
            _ = IsPlain(character) ? quoted.Append(character) : quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
        }

        return quoted.Append(text.Length > Limit ? "…\"" : "\"").ToString();
    }

    private static bool IsPlain(char character) =>
        character != '"'
        && char.GetUnicodeCategory(character)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.Surrogate
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
            );
}
