using System.Text.Json;
using OriginWatch.Reporting.Contract;
using OriginWatch.Trust;

namespace OriginWatch.Reporting;

/// <summary>What <c>check-chain</c> says, for programs.</summary>
public static class ChainCheckJson
{
    public static string Write(ChainCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        return JsonSerializer.Serialize(CheckJson.Of(check), ContractContext.Default.CheckJson) + "\n";
    }
}
