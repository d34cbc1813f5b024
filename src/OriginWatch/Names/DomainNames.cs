using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace OriginWatch.Names;

/// <summary>Names as DNS and TLS want them.</summary>
public static class DomainNames
{
    // RFC 1035, section 2.3.4: 255 octets on the wire are 253 characters in text.
    private const int MaxName = 253;
    private const int MaxLabel = 63;

    /// <summary>The name in A-labels and lower case, without a trailing dot; null for what no lookup can ask.</summary>
    public static string? Canonical(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var bare = name.EndsWith('.') ? name[..^1] : name;
        var ascii = System.Text.Ascii.IsValid(bare) ? bare.ToLowerInvariant() : ToALabels(bare);
        return ascii is { Length: > 0 and <= MaxName } && ascii.Split('.').All(IsLabel) ? ascii : null;
    }

    /// <summary>
    /// Reads an address literal in its usual form, brackets allowed. The short IPv4 forms that <see cref="IPAddress"/> takes
    /// ("1", "127.1") are names here.
    /// </summary>
    public static IPAddress? Literal(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var bare = name is ['[', .., ']'] ? name[1..^1] : name;
        return
            IPAddress.TryParse(bare, out var address)
            && (address.AddressFamily == AddressFamily.InterNetworkV6 || string.Equals(address.ToString(), bare, StringComparison.Ordinal))
            ? address
            : null;
    }

    private static bool IsLabel(string label) =>
        label is { Length: > 0 and <= MaxLabel }
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        && !label.StartsWith('-')
        && !label.EndsWith('-');

    /// <summary>With A-labels in place of U-labels, in lower case (RFC 5891, section 4.4); null for what cannot be written so.</summary>
    public static string? ToALabels(string name)
    {
        try
        {
            return new IdnMapping { UseStd3AsciiRules = false }
                .GetAscii(name)
                .ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
