using System.Globalization;
using OriginWatch.Text;

namespace OriginWatch.Inventory;

/// <summary>Makes distributions of what the readers find: CloudFront's defaults, what is remarkable, and what may not be.</summary>
public static class DistributionBuilder
{
    /// <exception cref="InventoryException">A part is missing, impossible, or refers to something that is not there.</exception>
    public static Distribution Build(DistributionDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var source = draft.Source;
        var distribution = new Distribution
        {
            Id = source.Required(draft.Id, "Id"),
            DomainName = draft.DomainName ?? throw source.Missing("DomainName"),
            Arn = draft.Arn,
            Comment = draft.Comment,
            Aliases = KnownAliases(draft),
            Enabled = draft.Enabled ?? true,
            Staging = draft.Staging ?? false,
            ConnectionMode = ConnectionModeOf(draft),
            Origins = draft.Origins.Count > 0 ? draft.Origins.Select(OriginBuilder.Build).ToArray() : throw NoOrigins(source),
            OriginGroups = draft.OriginGroups.Select(Build).ToArray(),
            DefaultCacheBehavior = BehaviorBuilder.BuildDefault(draft.DefaultCacheBehavior ?? throw source.Missing("DefaultCacheBehavior")),
            CacheBehaviors = draft.CacheBehaviors.Select(BehaviorBuilder.BuildOrdered).ToArray(),
            CustomErrorResponses = draft.CustomErrorResponses.Select(Build).ToArray(),
            WebAclId = draft.WebAclId is { Length: > 0 } acl ? acl : null,
            HasGeoRestriction = draft.GeoRestrictionType is not (null or "" or "none"),
            RequiresViewerCertificate = draft.HasViewerMtls && draft.ViewerMtlsMode is not ("optional" or "passthrough"),
            ContinuousDeploymentPolicyId = draft.ContinuousDeploymentPolicyId is { Length: > 0 } policy ? policy : null,
            TenantParameterDefaults = draft.TenantParameterDefaults,
            IsDeployed = draft.IsDeployed,
        };
        DistributionIntegrity.Ensure(distribution, source);
        foreach (var origin in distribution.Origins.Where(origin => origin is { NotKnownYet: not null, IsS3: false, VpcOriginId: null }))
        {
            source.Remarks.Add($"{distribution.Id}/{origin.Id} is not tested: {origin.NotKnownYet}.");
        }

        return distribution;
    }

    /// <summary>Default values by parameter name; parameters without one are left out.</summary>
    public static IReadOnlyDictionary<string, string> ParameterDefaults(IEnumerable<(string? Name, string? Default)> parameters) =>
        parameters
            .Where(parameter => parameter is { Name: not null, Default: not null })
            .DistinctBy(parameter => parameter.Name, StringComparer.Ordinal)
            .ToDictionary(parameter => parameter.Name!, parameter => parameter.Default!, StringComparer.Ordinal);

    private static string[] KnownAliases(DistributionDraft draft)
    {
        if (draft.Aliases.Count(PendingText.Is) is > 0 and var pending)
        {
            draft.Source.Remarks.Add(
                $"{draft.Id}: {pending} of {draft.Aliases.Count} alternate domain names are not known yet; nothing is tested under them."
            );
        }

        return draft.Aliases.Where(alias => !PendingText.Is(alias)).ToArray();
    }

    private static InventoryException NoOrigins(IDraftSource source) =>
        source.Broken("Origins", "lists no origin, but every distribution has one: it was cut short.");

    private static ConnectionMode ConnectionModeOf(DistributionDraft draft)
    {
        var mode = draft.ConnectionMode is { Length: > 0 } text ? new ConnectionMode(text) : ConnectionMode.Direct;
        if (mode != ConnectionMode.Direct && mode != ConnectionMode.TenantOnly)
        {
            draft.Source.Remarks.UnknownValue("ConnectionMode", mode.Value);
        }

        return mode;
    }

    private static OriginGroup Build(OriginGroupDraft draft) =>
        new(
            draft.Source.Required(draft.Id, "Id"),
            [.. draft.MemberOriginIds.Select(id => draft.Source.Required(id, "OriginId"))],
            draft.StatusCodes
        );

    private static CustomErrorResponse Build(ErrorResponseDraft draft)
    {
        var code = draft.ErrorCode ?? throw draft.Source.Missing("ErrorCode");
        var path = draft.ResponsePagePath is { Length: > 0 } text ? text : null;
        return string.IsNullOrEmpty(draft.ResponseCode) ? new(code, null, path)
            : int.TryParse(draft.ResponseCode, NumberStyles.None, CultureInfo.InvariantCulture, out var response)
                ? new(code, response, path)
            : throw draft.Source.Broken("ResponseCode", $"{Quoted.Text(draft.ResponseCode)} is not a status code.");
    }
}

/// <summary>What every builder asks of a draft's source.</summary>
internal static class DraftSourceExtensions
{
    public static string Required(this IDraftSource source, string? value, string member) =>
        string.IsNullOrEmpty(value) ? throw source.Missing(member) : value;
}
