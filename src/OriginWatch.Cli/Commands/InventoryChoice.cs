using System.CommandLine;
using OriginWatch.Aws;
using OriginWatch.Inventory;

namespace OriginWatch.Cli.Commands;

/// <summary>The saved file that the operator named, or else the account of the profile.</summary>
internal sealed class InventoryChoice : IDisposable
{
    private readonly AwsInventory? _account;

    public InventoryChoice(InventoryOptions options, ParseResult parsed)
    {
        if (parsed.GetValue(options.Inventory) is { } file)
        {
            Inventory = new FileInventory(
                file.FullName,
                (parsed.GetValue(options.Parameter) ?? []).ToDictionary(parameter => parameter.Key, parameter => parameter.Value, StringComparer.Ordinal));
        }
        else
        {
            _account = AwsInventory.Create(parsed.GetValue(options.Profile), parsed.GetValue(options.Region), parsed.GetValue(options.ClientCertificates));
            Inventory = _account;
            Traffic = parsed.GetValue(options.CloudFrontMetrics) ? (ids, token) => _account.ReadTrafficAsync(ids, TimeProvider.System.GetUtcNow(), token) : null;
        }
    }

    public IInventorySource Inventory { get; }

    /// <summary>Asks what CloudFront counted; null where the operator did not ask for it.</summary>
    public Func<IReadOnlyList<string>, CancellationToken, Task<TrafficReading>>? Traffic { get; }

    public void Dispose() => _account?.Dispose();
}
