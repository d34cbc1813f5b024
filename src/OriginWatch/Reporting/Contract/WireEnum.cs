using System.Text.Json;
using System.Text.Json.Serialization;

namespace OriginWatch.Reporting.Contract;

/// <summary>Enum members by the names of <see cref="WireNames"/>.</summary>
internal sealed class WireEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
