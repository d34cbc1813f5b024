using System.Text.Json.Serialization;
using OriginWatch.Audit;
using OriginWatch.Edge;
using OriginWatch.Inventory.Organization;
using OriginWatch.Probing;
using OriginWatch.Rules;
using OriginWatch.Targets;
using OriginWatch.Trust;

namespace OriginWatch.Reporting.Contract;

/// <summary>How the records of this folder are written; without handlers of its own, so that a long report is written in pieces.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    NewLine = "\n",
    Converters = [
        typeof(WireEnum<AccountOutcome>),
        typeof(WireEnum<Severity>),
        typeof(WireEnum<FindingStatus>),
        typeof(WireEnum<OriginVerdict>),
        typeof(WireEnum<OriginKind>),
        typeof(WireEnum<HostForwarding>),
        typeof(WireEnum<ServerNameRole>),
        typeof(WireEnum<ProbeStage>),
        typeof(WireEnum<FailureReason>),
        typeof(WireEnum<EdgeMode>),
        typeof(WireEnum<EdgeAnswerKind>),
        typeof(WireEnum<ChainFaultKind>),
    ]
)]
[JsonSerializable(typeof(ReportJson))]
[JsonSerializable(typeof(CheckJson))]
[JsonSerializable(typeof(RootsJson))]
internal sealed partial class ContractContext : JsonSerializerContext;
