using System.CommandLine;
using OriginWatch.Aws;
using OriginWatch.Aws.Organization;
using OriginWatch.Inventory;

namespace OriginWatch.Cli.Commands;

/// <summary>The saved file that the operator named, or else the account of the profile.</summary>
internal sealed class InventoryChoice : IDisposable
{
    public const string StandardInput = "-";

    private readonly AwsInventory? _account;
    private readonly AwsOrganization? _accounts;
    private readonly string? _file;
    private readonly string? _profile;

    /// <param name="options">Where the distributions are listed.</param>
    /// <param name="parsed">What the operator gave.</param>
    /// <param name="accounts">Null for one account alone.</param>
    /// <param name="accountPaths">True where the accounts' paths in the organization must be known.</param>
    public InventoryChoice(InventoryOptions options, ParseResult parsed, AccountChoice? accounts = null, bool accountPaths = false)
    {
        _profile = parsed.GetValue(options.Profile);
        if (parsed.GetValue(options.Inventory) is { } file)
        {
            _file = file.Name;
            var parameters = (parsed.GetValue(options.Parameter) ?? []).ToDictionary(
                parameter => parameter.Key,
                parameter => parameter.Value,
                StringComparer.Ordinal
            );
            Inventory =
                file.Name == StandardInput
                    ? new FileInventory(Console.OpenStandardInput, parameters)
                    : new FileInventory(file.FullName, parameters);
        }
        else if (accounts is not null)
        {
            _accounts = AwsOrganization.Create(
                _profile,
                parsed.GetValue(options.Region),
                accounts,
                parsed.GetValue(options.ClientCertificates),
                accountPaths
            );
            Inventory = _accounts;
            Traffic = parsed.GetValue(options.CloudFrontMetrics)
                ? (ids, token) => _accounts.ReadTrafficAsync(ids, TimeProvider.System.GetUtcNow(), token)
                : null;
        }
        else
        {
            _account = AwsInventory.Create(_profile, parsed.GetValue(options.Region), parsed.GetValue(options.ClientCertificates));
            Inventory = _account;
            Traffic = parsed.GetValue(options.CloudFrontMetrics)
                ? (ids, token) => _account.ReadTrafficAsync(ids, TimeProvider.System.GetUtcNow(), token)
                : null;
        }
    }

    public IInventorySource Inventory { get; }

    /// <summary>Asks what CloudFront counted; null where the operator did not ask for it.</summary>
    public Func<IReadOnlyList<string>, CancellationToken, Task<TrafficReading>>? Traffic { get; }

    /// <summary>Null for a saved listing, which holds none.</summary>
    public ReadTags? Tags =>
        _account is not null ? _account.ReadTagsAsync
        : _accounts is not null ? _accounts.ReadTagsAsync
        : null;

    /// <summary>For the explanation of one origin, as this scan was started; null where its inventory cannot be read again.</summary>
    public static string? ExplainCommand(InventoryOptions options, ParseResult parsed)
    {
        var file = parsed.GetValue(options.Inventory);
        string?[] words =
        [
            Invocation.Program,
            "explain {0}",
            file is null ? null : $"--inventory {Invocation.Quoted(Path.GetRelativePath(Environment.CurrentDirectory, file.FullName))}",
            .. (parsed.GetValue(options.Parameter) ?? []).Select(parameter =>
                $"--parameter {Invocation.Quoted($"{parameter.Key}={parameter.Value}")}"
            ),
            parsed.GetValue(options.Profile) is { } profile ? $"--profile {Invocation.Quoted(profile)}" : null,
            parsed.GetValue(options.Region) is { } region ? $"--region {Invocation.Quoted(region)}" : null,
        ];
        return file?.Name == StandardInput ? null : string.Join(' ', words.OfType<string>());
    }

    /// <summary>"distributions.json", "account 123456789012 (profile shop)".</summary>
    public string? NameOf(string? accountId) =>
        _accounts is not null ? $"several accounts ({(_profile is null ? "default credentials" : $"profile {_profile}")})"
        : _file is not null
            ? _file == StandardInput ? "standard input"
                : _file
        : $"{(accountId is null ? "the account" : $"account {accountId}")} "
            + $"({(_profile is null ? "default credentials" : $"profile {_profile}")})";

    public void Dispose()
    {
        _account?.Dispose();
        _accounts?.Dispose();
    }
}
