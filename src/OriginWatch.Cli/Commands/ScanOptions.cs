using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using OriginWatch.Probing;
using OriginWatch.Rules;

namespace OriginWatch.Cli.Commands;

/// <summary>The options that every command which connects has in common, and what they may hold.</summary>
internal sealed class ScanOptions
{
    private const int DnsPort = 53;

    public Option<FileInfo?> Inventory { get; } = new("--inventory") { Description = "A saved listing, as 'aws cloudfront list-distributions' prints it", HelpName = "FILE" };

    public Option<ResolveOverride[]> Resolve { get; } = new("--resolve")
    {
        Description = "Connect to ADDRESS instead of looking NAME up, as curl does; may be given several times",
        HelpName = "NAME:PORT:ADDRESS",
        CustomParser = result => ParseAll<ResolveOverride>(result, ParseResolve),
        AllowMultipleArgumentsPerToken = false,
    };

    public Option<IPEndPoint?> Dns { get; } = new("--dns") { Description = "Ask this name server instead of the system's", HelpName = "ADDRESS[:PORT]", CustomParser = result => ParseOne<IPEndPoint?>(result, ParseDns) };

    public Option<FileInfo?> Roots { get; } = new("--roots") { Description = "Trust the roots in this PEM file instead of Mozilla's", HelpName = "FILE" };

    public Option<bool> AllowPrivateAddresses { get; } = new("--allow-private-addresses") { Description = "Connect to loopback, private and link-local addresses too" };

    public Option<DateTimeOffset?> At { get; } = new("--at") { Description = "Judge certificates at this time, e.g. 2027-01-31 or 2027-01-31T06:00:00Z", HelpName = "TIME", CustomParser = result => ParseOne<DateTimeOffset?>(result, ParseTime) };

    public Option<int> Concurrency { get; } = new("--concurrency") { Description = $"Connections under way at once, 1 to {ProbeLimits.MaxConnections}", HelpName = "N", DefaultValueFactory = _ => ProbeLimits.DefaultConnections };

    public Option<string?> Format { get; } = new("--format") { Description = "How the report is written", HelpName = "FORMAT" };

    public Option<FileInfo[]> Output { get; } = new("--output") { Description = "Write the report to FILE too; may be given several times, the format follows the name unless --format says", HelpName = "FILE" };

    public Option<FailOn> FailOn { get; } = new("--fail-on") { Description = "Exit with 3 for findings of this severity or above: critical, high, medium, low, informational, none", HelpName = "SEVERITY", DefaultValueFactory = _ => new(Severity.High), CustomParser = result => ParseOne<FailOn>(result, ParseSeverity) };

    public Option<bool> Quiet { get; } = new("--quiet") { Description = "No progress and no log on stderr" };

    public void AddTo(Command command)
    {
        Format.AcceptOnlyFromAmong([.. Reports.Formats]);
        Concurrency.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var n) && n is < 1 or > ProbeLimits.MaxConnections)
            {
                result.AddError($"--concurrency takes a whole number from 1 to {ProbeLimits.MaxConnections}, not '{result.Tokens[0].Value}'.");
            }
        });
        foreach (var option in new Option[] { Inventory, Resolve, Dns, Roots, AllowPrivateAddresses, At, Concurrency, Format, Output, FailOn, Quiet })
        {
            command.Add(option);
        }
    }

    private delegate string? Parser<T>(string text, out T value);

    private static T? ParseOne<T>(ArgumentResult result, Parser<T> parse)
    {
        if (parse(result.Tokens[0].Value, out var value) is { } error)
        {
            result.AddError(error);
        }

        return value;
    }

    private static T[] ParseAll<T>(ArgumentResult result, Parser<T> parse)
    {
        var values = new List<T>();
        foreach (var token in result.Tokens)
        {
            if (parse(token.Value, out var value) is { } error)
            {
                result.AddError(error);
            }

            values.Add(value);
        }

        return [.. values];
    }

    private static string? ParseResolve(string text, out ResolveOverride value)
    {
        value = ResolveOverride.Parse(text)!;
        return value is not null ? null : $"--resolve takes NAME:PORT:ADDRESS, e.g. origin.example.com:443:192.0.2.1 or origin.example.com:443:[2001:db8::1], not '{text}'.";
    }

    private static string? ParseDns(string text, out IPEndPoint? value)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            value = new(address, DnsPort);
            return null;
        }

        return IPEndPoint.TryParse(text, out value) && value.Port > 0 ? null : $"--dns takes an IP address, with a port if it is not 53, not '{text}'.";
    }

    private static string? ParseTime(string text, out DateTimeOffset? value)
    {
        var parsed = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time);
        value = parsed ? time : null;
        return parsed ? null : $"--at takes a date or a time, e.g. 2027-01-31 or 2027-01-31T06:00:00Z, not '{text}'.";
    }

    private static string? ParseSeverity(string text, out FailOn value)
    {
        value = new(null);
        if (string.Equals(text, "none", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (!text.All(char.IsAsciiLetter) || !Enum.TryParse<Severity>(text, ignoreCase: true, out var severity))
        {
            return $"--fail-on takes critical, high, medium, low, informational or none, not '{text}'.";
        }

        value = new(severity);
        return null;
    }
}

/// <summary>From which severity on findings end the process with 3; null for none.</summary>
internal sealed record FailOn(Severity? Bound);
