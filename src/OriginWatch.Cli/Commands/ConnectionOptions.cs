using System.CommandLine;
using System.Globalization;
using System.Net;
using OriginWatch.Probing;

namespace OriginWatch.Cli.Commands;

/// <summary>What every command that connects may be told.</summary>
internal sealed class ConnectionOptions
{
    public Option<ResolveOverride[]> Resolve { get; } =
        new("--resolve")
        {
            Description = "Connect to ADDRESS instead of resolving NAME, as curl does; may be given several times",
            HelpName = "NAME:PORT:ADDRESS",
            CustomParser = OptionParsers.Resolve,
        };

    public Option<IPEndPoint?> Dns { get; } =
        new("--dns")
        {
            Description = "Use this name server instead of the system's",
            HelpName = "ADDRESS[:PORT]",
            CustomParser = OptionParsers.Dns,
        };

    public Option<FileInfo?> Roots { get; } =
        new("--roots") { Description = "Trust the roots in this PEM file instead of Mozilla's", HelpName = "FILE" };

    public Option<bool> AllowPrivateAddresses { get; } =
        new("--allow-private-addresses") { Description = "Connect to loopback, private and link-local addresses too" };

    public Option<DateTimeOffset?> At { get; } =
        new("--at")
        {
            Description = "Evaluate certificates at this time, e.g. 2027-01-31 or 2027-01-31T06:00:00Z",
            HelpName = "TIME",
            CustomParser = OptionParsers.Time,
        };

    public ThresholdOptions Thresholds { get; } = new();

    public Option<int?> Concurrency { get; } =
        new("--concurrency")
        {
            Description = $"Connections at a time, 1 to {ProbeLimits.MaxConnections} (default {ProbeLimits.DefaultConnections})",
            HelpName = "N",
        };

    public Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "No progress and no log on stderr" };

    public Option<bool> NoColor { get; } = new("--no-color") { Description = "No colors, as with the environment variable NO_COLOR" };

    public void AddTo(Command command)
    {
        Concurrency.Validators.Add(result =>
        {
            if (
                result.Tokens.Count == 1
                && int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var n)
                && n is < 1 or > ProbeLimits.MaxConnections
            )
            {
                result.AddError(
                    $"--concurrency takes a whole number from 1 to {ProbeLimits.MaxConnections}, not '{result.Tokens[0].Value}'."
                );
            }
        });
        foreach (var option in new Option[] { Resolve, Dns, Roots, AllowPrivateAddresses, At, Concurrency, Quiet, NoColor })
        {
            command.Add(option);
        }

        Thresholds.AddTo(command);
    }
}
