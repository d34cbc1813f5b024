using System.Text;
using OriginWatch.Text;

namespace OriginWatch.Probing.Engine;

/// <summary>Tells from the first bytes what speaks where TLS was expected.</summary>
internal static class ForeignProtocol
{
    private const int QuotedBytes = 80;

    /// <summary>What <see cref="AlertOfNoVersion"/> recognizes, in words.</summary>
    public const string AlertWithoutVersion = "a TLS alert in a record without a version";

    /// <summary>True as long as the bytes may begin a TLS record: a known content type and major version 3.</summary>
    public static bool MayBeTls(ReadOnlySpan<byte> first) =>
        (first.Length < 1 || first[0] is >= 20 and <= 24) && (first.Length < 2 || first[1] == 3);

    /// <summary>
    /// The alert of a server that refuses before it knows a version, and so writes none into its record: CloudFront's own edges do so for
    /// names that they do not know
    /// (https://github.com/nabla-c0d3/sslyze/issues/437).
    /// </summary>
    public static (int Level, int Number)? AlertOfNoVersion(ReadOnlySpan<byte> first) =>
        first is [21, not 3, _, 0, 2, 1 or 2, var number, ..] ? (first[5], number) : null;

    /// <summary>In words, with the first line as far as it can be printed.</summary>
    public static string Describe(ReadOnlySpan<byte> first)
    {
        var line = FirstLine(first);
        return line switch
        {
            _ when line.StartsWith("HTTP/", StringComparison.Ordinal) => DescribeHttp(first, line),
            _ when line.StartsWith("SSH-", StringComparison.Ordinal) => $"SSH (\"{line}\")",
            _ when line.StartsWith("220", StringComparison.Ordinal) => $"SMTP or FTP (\"{line}\")",
            _ when line.StartsWith("+OK", StringComparison.Ordinal) => $"POP3 (\"{line}\")",
            _ when line.StartsWith("* OK", StringComparison.Ordinal) => $"IMAP (\"{line}\")",
            _ when line.StartsWith("RFB ", StringComparison.Ordinal) => $"VNC (\"{line}\")",
            _ when line.StartsWith("-ERR", StringComparison.Ordinal) => $"Redis or POP3 (\"{line}\")",
            _ when line.StartsWith('<') => $"HTML or XML without an HTTP header (\"{line}\")",
            _ when IsHttp2(first) => "HTTP/2 without TLS",
            _ when IsMySql(first) => "MySQL",
            _ when IsSsl2(first) => "SSL 2.0",
            { Length: >= 4 } => $"something that is not TLS (\"{line}\")",
            _ => $"something that is not TLS (bytes {Convert.ToHexStringLower(first[..Math.Min(first.Length, 8)])})",
        };
    }

    private static string DescribeHttp(ReadOnlySpan<byte> first, string line)
    {
        var status = line.Split(' ', 3) is [_, var code, ..] ? code : "";
        var isRedirect =
            status is ['3', _, _] && Encoding.ASCII.GetString(first).Contains("\nlocation: https:", StringComparison.OrdinalIgnoreCase);
        return isRedirect ? $"plain HTTP that redirects to https (\"{line}\")" : $"plain HTTP (\"{line}\")";
    }

    /// <summary>Printable ASCII up to the first line end; a peer's bytes never reach a report otherwise.</summary>
    private static string FirstLine(ReadOnlySpan<byte> first)
    {
        var end = first.IndexOfAny((byte)'\r', (byte)'\n');
        var line = end < 0 ? first : first[..end];
        line = line[..Math.Min(line.Length, QuotedBytes)];
        return line.IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0 ? Encoding.ASCII.GetString(line).Replace('"', '\'') : "";
    }

    // RFC 9113, section 3.4: a server begins with a SETTINGS frame on stream 0.
    private static bool IsHttp2(ReadOnlySpan<byte> first) =>
        first.Length >= 9 && first[0] == 0 && first[3] == 4 && first[5..9].IndexOfAnyExcept((byte)0) < 0;

    // Protocol::HandshakeV10: packet number 0, protocol version 10.
    private static bool IsMySql(ReadOnlySpan<byte> first) => first.Length >= 5 && first[3] == 0 && first[4] == 10;

    private static bool IsSsl2(ReadOnlySpan<byte> first) => first.Length >= 3 && (first[0] & 0x80) != 0 && first[2] is 0 or 4;
}
