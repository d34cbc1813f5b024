using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Tls;

namespace OriginWatch.Cli.Commands;

/// <summary>Text of an option to its value; a wrong one becomes a sentence that says what is allowed.</summary>
internal static class OptionParsers
{
    private const int DnsPort = 53;

    private delegate string? Parser<T>(string text, out T? value);

    public static ResolveOverride[] Resolve(ArgumentResult result) =>
        [.. result.Tokens.Select(token => Read<ResolveOverride>(result, token, ParseResolve)).OfType<ResolveOverride>()];

    public static IPEndPoint? Dns(ArgumentResult result) => Read<IPEndPoint>(result, result.Tokens[0], ParseDns);

    public static DateTimeOffset? Time(ArgumentResult result) => Read<DateTimeOffset?>(result, result.Tokens[0], ParseTime);

    public static FailOn? FailOn(ArgumentResult result) => Read<FailOn>(result, result.Tokens[0], ParseFailOn);

    public static ProtocolSet? Protocols(ArgumentResult result) => Read<ProtocolSet>(result, result.Tokens[0], ParseProtocols);

    private static T? Read<T>(ArgumentResult result, Token token, Parser<T> parse)
    {
        if (parse(token.Value, out var value) is { } error)
        {
            result.AddError(error);
        }

        return value;
    }

    private static string? ParseResolve(string text, out ResolveOverride? value)
    {
        value = ResolveOverride.Parse(text);
        return value is not null
            ? null
            : "--resolve takes NAME:PORT:ADDRESS, e.g. origin.example.com:443:192.0.2.1 or "
                + $"origin.example.com:443:[2001:db8::1], not '{text}'.";
    }

    private static string? ParseDns(string text, out IPEndPoint? value)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            value = new(address, DnsPort);
            return null;
        }

        return IPEndPoint.TryParse(text, out value) && value.Port > 0
            ? null
            : $"--dns takes an IP address, with a port if it is not 53, not '{text}'.";
    }

    private static string? ParseTime(string text, out DateTimeOffset? value)
    {
        var parsed = DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        );
        value = parsed ? time : null;
        return parsed ? null : $"--at takes a date or a time, e.g. 2027-01-31 or 2027-01-31T06:00:00Z, not '{text}'.";
    }

    private static string? ParseFailOn(string text, out FailOn? value)
    {
        var isNone = string.Equals(text, "none", StringComparison.OrdinalIgnoreCase);
        var severity = Severity.Informational;
        var isSeverity = text.All(char.IsAsciiLetter) && Enum.TryParse(text, ignoreCase: true, out severity);
        value =
            isNone ? new FailOn(null)
            : isSeverity ? new FailOn(severity)
            : null;
        return value is not null ? null : $"--fail-on takes critical, high, medium, low, informational or none, not '{text}'.";
    }

    private static string? ParseProtocols(string text, out ProtocolSet? value)
    {
        var protocols = text.Split(',', StringSplitOptions.TrimEntries).Select(TlsProtocols.Parse).ToList();
        value = protocols.Contains(null) ? null : new ProtocolSet(protocols.OfType<TlsProtocol>());
        return value is not null
            ? null
            : $"--protocols takes a list out of SSLv3, TLSv1, TLSv1.1, TLSv1.2, TLSv1.3, e.g. TLSv1.1,TLSv1.2, not '{text}'.";
    }
}

/// <summary>From which severity on findings end the process with 3; null for none.</summary>
internal sealed record FailOn(Severity? Bound);
