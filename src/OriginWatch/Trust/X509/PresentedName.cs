namespace OriginWatch.Trust.X509;

/// <summary>The form of DNS names in certificates.</summary>
internal static class PresentedName
{
    private const int LongestLabel = 63;

    /// <summary>The "preferred name syntax" (RFC 1034, section 3.5), with a wildcard for the left-most label.</summary>
    public static bool IsPreferred(string name) =>
        (name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name)
            .Split('.')
            .All(label => IsLabel(label) && !label.Contains('_', StringComparison.Ordinal));

    /// <summary>A label that a certificate may name: letters, digits, hyphens within, and the underscore that practice allows.</summary>
    public static bool IsLabel(ReadOnlySpan<char> label)
    {
        if (label.IsEmpty || label.Length > LongestLabel || label[0] == '-' || label[^1] == '-')
        {
            return false;
        }

        foreach (var character in label)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'))
            {
                return false;
            }
        }

        return true;
    }
}
