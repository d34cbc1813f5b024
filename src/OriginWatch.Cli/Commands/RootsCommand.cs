using System.CommandLine;
using System.Text;
using OriginWatch.Reporting;
using OriginWatch.Trust;

namespace OriginWatch.Cli.Commands;

/// <summary><c>originwatch roots</c>: what is trusted, how old it is, and what is on its way out.</summary>
internal sealed class RootsCommand(TimeProvider clock)
{
    /// <summary>Forty times Mozilla's list.</summary>
    private const long MaxBytes = 8 * 1024 * 1024;
    private readonly Option<bool> _all = new("--all")
    {
        Description = "List every root with its SHA-256, expiry and the day on which Mozilla removes it",
    };
    private readonly Option<string?> _format = new("--format") { Description = "text or json", HelpName = "FORMAT" };
    private readonly ConnectionOptions _shared = new();

    public Command Create()
    {
        var command = new Command(
            "roots",
            "Show the date and number of the trusted roots, and which of them leave. Example: originwatch roots --at 2027-05-01"
        )
        {
            _all,
            _shared.Roots,
            _shared.At,
            _format,
        };
        _format.AcceptOnlyFromAmong("text", "json");
        command.SetAction(parsed => Run(parsed));
        return command;
    }

    public static TrustStore StoreOf(FileInfo? roots) =>
        roots is null ? TrustStore.LoadMozilla() : TrustStore.FromPem(Encoding.UTF8.GetString(Read(roots).Span), roots.Name);

    /// <summary>Before anything else is under way, so there is nothing to be asynchronous for.</summary>
    private static ReadOnlyMemory<byte> Read(FileInfo roots) =>
        Task.Run(() => InputFile.ReadAsync("--roots", roots.FullName, MaxBytes, CancellationToken.None)).GetAwaiter().GetResult();

    private int Run(ParseResult parsed)
    {
        var store = StoreOf(parsed.GetValue(_shared.Roots));
        var now = parsed.GetValue(_shared.At) ?? clock.GetUtcNow();
        parsed.InvocationConfiguration.Output.Write(
            parsed.GetValue(_format) == "json" ? RootsReport.Json(store, now) : RootsReport.Text(store, now, parsed.GetValue(_all))
        );
        return ExitCode.Clean;
    }
}
