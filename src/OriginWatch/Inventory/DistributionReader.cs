using System.Globalization;

namespace OriginWatch.Inventory;

/// <summary>Reads CloudFront's <c>DistributionSummary</c>, or the same members out of a <c>DistributionConfig</c>.</summary>
internal static class DistributionReader
{
    /// <summary>An item of <c>list-distributions</c>.</summary>
    public static Distribution ReadSummary(WireObject wire)
        => Read(wire, wire.Text("Id"), wire.Text("DomainName"), wire.OptionalText("ARN"));

    /// <summary>The configuration, with the identity that stands elsewhere.</summary>
    public static Distribution Read(WireObject config, string id, string domainName, string? arn)
    {
        config.ReportUnknown("Distribution", KnownMembers.Distribution);
        var distribution = new Distribution
        {
            Id = id,
            DomainName = domainName,
            Arn = arn,
            Comment = config.OptionalText("Comment"),
            Aliases = config.Texts("Aliases"),
            Enabled = config.OptionalFlag("Enabled") ?? true,
            Staging = config.OptionalFlag("Staging") ?? false,
            ConnectionMode = ReadConnectionMode(config),
            Origins = [.. Required(config, "Origins").Select(OriginReader.Read)],
            OriginGroups = [.. config.Objects("OriginGroups").Select(ReadGroup)],
            DefaultCacheBehavior = BehaviorReader.ReadDefault(config.Object("DefaultCacheBehavior")),
            CacheBehaviors = [.. config.Objects("CacheBehaviors").Select(BehaviorReader.ReadOrdered)],
            CustomErrorResponses = [.. config.Objects("CustomErrorResponses").Select(ReadErrorResponse)],
            TenantParameterDefaults = config.OptionalObject("TenantConfig") is { } tenants ? ReadDefaults(tenants) : null,
        };
        DistributionIntegrity.Ensure(distribution, config.Path);
        return distribution;
    }

    private static IReadOnlyList<WireObject> Required(WireObject config, string name)
        => config.Objects(name) is { Count: > 0 } items
            ? items
            : throw config.Fault(name, "lists no origin, but every distribution has one: the listing was cut short. Save it again without --query.");

    private static ConnectionMode ReadConnectionMode(WireObject config)
    {
        var mode = config.OptionalText("ConnectionMode") is { } text ? new ConnectionMode(text) : ConnectionMode.Direct;
        if (mode != ConnectionMode.Direct && mode != ConnectionMode.TenantOnly)
        {
            config.Remarks.UnknownValue("ConnectionMode", mode.Value);
        }

        return mode;
    }

    private static OriginGroup ReadGroup(WireObject wire)
    {
        wire.ReportUnknown("OriginGroup", KnownMembers.OriginGroup);
        return new(
            wire.Text("Id"),
            [.. wire.Objects("Members").Select(member => member.Text("OriginId"))],
            wire.OptionalObject("FailoverCriteria")?.Numbers("StatusCodes") ?? []);
    }

    private static CustomErrorResponse ReadErrorResponse(WireObject wire)
    {
        var code = wire.OptionalNumber("ErrorCode") ?? throw wire.Fault("ErrorCode", "is missing. Save the listing again without editing.");
        var response = wire.OptionalText("ResponseCode");
        return response is null || int.TryParse(response, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? new(code, response is null ? null : int.Parse(response, CultureInfo.InvariantCulture), wire.OptionalText("ResponsePagePath"))
            : throw wire.Fault("ResponseCode", $"{Quoted.Text(response)} is not a status code.");
    }

    private static Dictionary<string, string> ReadDefaults(WireObject tenants)
        => tenants.Array("ParameterDefinitions")
            .Select(definition => (Name: definition.Text("Name"), Default: definition.OptionalObject("Definition")?.OptionalObject("StringSchema")?.OptionalText("DefaultValue")))
            .Where(parameter => parameter.Default is not null)
            .DistinctBy(parameter => parameter.Name, StringComparer.Ordinal)
            .ToDictionary(parameter => parameter.Name, parameter => parameter.Default!, StringComparer.Ordinal);
}
