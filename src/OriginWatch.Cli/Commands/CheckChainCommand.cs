using System.CommandLine;
using OriginWatch.Inventory;
using OriginWatch.Reporting;
using OriginWatch.Text;
using OriginWatch.Trust;
using OriginWatch.Trust.Repair;

namespace OriginWatch.Cli.Commands;

/// <summary><c>originwatch check-chain FILE</c>: judges a bundle before anybody installs it, and mends it on request.</summary>
internal sealed class CheckChainCommand(TimeProvider clock)
{
    private const string StandardInput = "-";
    private const int MaxBytes = 1024 * 1024;

    private readonly Argument<string?> _file = new("FILE")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "Certificates as the server will send them, its own first: PEM, DER or PKCS#7; - reads from standard input",
    };
    private readonly Option<string[]> _names = new("--name")
    {
        Description = "A host name or address that the certificate must cover; may be given several times",
        HelpName = "HOST",
    };
    private readonly Option<bool> _strict = new("--strict")
    {
        Description = "Also fail on deviations from the profile that clients tolerate",
    };
    private readonly Option<string?> _format = new("--format") { Description = "text or json", HelpName = "FORMAT" };

    private readonly Option<FileInfo?> _fixChain = new("--fix-chain")
    {
        Description =
            "Fetch missing intermediates from where the certificates say they are, and write the bundle to install, "
            + "in order, to FILE or after the report",
        HelpName = "FILE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly ConnectionOptions _shared = new();

    public Command Create()
    {
        var command = new Command(
            "check-chain",
            "Evaluate a certificate chain as CloudFront would, before it is installed. Example: "
                + "originwatch check-chain fullchain.pem --name www.example.com"
        )
        {
            _file,
            _names,
            _shared.Roots,
            _shared.At,
            _strict,
            _format,
            _fixChain,
            _shared.AllowPrivateAddresses,
            _shared.NoColor,
        };
        _format.AcceptOnlyFromAmong("text", "json");
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (file, _) = Files(parsed);
        var content = await ReadAsync(file, cancellationToken);
        var certificates = CertificateFile.Read(content);
        if (CertificateFile.Complaint(content) is { } complaint)
        {
            await parsed.InvocationConfiguration.Error.WriteLineAsync(
                $"{Escape.Text(file)}: {Escape.Text(complaint)}.".AsMemory(),
                cancellationToken
            );
        }

        if (certificates.Count == 0)
        {
            throw new CommandException(
                OtherFile.Describe(content) is { } other
                    ? $"{file}: {other}"
                    : $"{file} holds no certificate: give the PEM file that the server is configured with, e.g. fullchain.pem."
            );
        }

        var strict = parsed.GetValue(_strict);
        var verifier = new ChainVerifier(RootsCommand.StoreOf(parsed.GetValue(_shared.Roots)), strict);
        var at = parsed.GetValue(_shared.At) ?? clock.GetUtcNow();
        var check = ChainCheck.Of(verifier, verifier.Parse(certificates), parsed.GetValue(_names) ?? [], at, strict);
        if (parsed.GetResult(_fixChain) is not null)
        {
            using var fetcher = new IssuerFetcher(parsed.GetValue(_shared.AllowPrivateAddresses), clock);
            check = check with
            {
                Repair = await new ChainRepair(verifier, fetcher.FetchAsync, fetcher.FetchPublishedAsync).RepairAsync(
                    check.Chain.Served,
                    at,
                    cancellationToken
                ),
            };
        }

        await WriteAsync(check, verifier, parsed, cancellationToken);
        return check.IsGood ? ExitCode.Clean : ExitCode.Findings;
    }

    private async Task WriteAsync(ChainCheck check, ChainVerifier verifier, ParseResult parsed, CancellationToken cancellationToken)
    {
        var output = parsed.InvocationConfiguration.Output;
        var isJson = parsed.GetValue(_format) == "json";
        await output.WriteAsync((isJson ? ChainCheckJson.Write(check) : ChainCheckReport.Text(check)).AsMemory(), cancellationToken);
        if (check.Repair is not { Problem: null } repair)
        {
            return;
        }

        if (Files(parsed).Bundle is { } target)
        {
            await File.WriteAllTextAsync(target.FullName, repair.Pem, cancellationToken);
            await CheckWrittenAsync(target, verifier, check.At, cancellationToken);
            await (isJson ? TextWriter.Null : output).WriteLineAsync(
                $"Written to {Escape.Text(target.FullName)} and accepted.".AsMemory(),
                cancellationToken
            );
        }
        else if (!isJson)
        {
            await output.WriteAsync(("\n" + repair.Pem).AsMemory(), cancellationToken);
        }
    }

    /// <summary>After <c>--fix-chain FILE</c> alone, FILE is the chain and not where the bundle goes.</summary>
    private (string File, FileInfo? Bundle) Files(ParseResult parsed) =>
        (parsed.GetValue(_file), parsed.GetValue(_fixChain)) switch
        {
            ({ } file, var bundle) => (file, bundle),
            (null, { } only) => (only.Name == StandardInput ? StandardInput : only.FullName, null),
            _ => throw new UsageException("check-chain needs the file with the certificates, e.g. fullchain.pem; - reads standard input."),
        };

    /// <summary>What counts is what the server will read.</summary>
    private static async Task CheckWrittenAsync(
        FileInfo target,
        ChainVerifier verifier,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        var written = verifier.Assess(verifier.Parse(CertificateFile.Read(await ReadAsync(target.FullName, cancellationToken))), at);
        if (!written.IsTrusted)
        {
            throw new CommandException(
                $"{target.FullName} was written and would not be accepted ({written.Faults[0].Detail}): do not install it, and report this."
            );
        }
    }

    private static async Task<byte[]> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var input = file == StandardInput ? Console.OpenStandardInput() : null;
            return (
                input is null
                    ? await BoundedFile.ReadAsync(file, MaxBytes, cancellationToken)
                    : await BoundedFile.ReadAsync(input, MaxBytes, cancellationToken)
            ).ToArray();
        }
        catch (InventoryException exception)
        {
            throw new CommandException($"{file}: {exception.Message}", exception);
        }
    }
}
