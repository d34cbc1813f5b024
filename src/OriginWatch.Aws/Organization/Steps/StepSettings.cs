using System.Globalization;
using OriginWatch.Inventory.Organization;
using OriginWatch.Probing;
using OriginWatch.Text;

namespace OriginWatch.Aws.Organization.Steps;

/// <summary>The settings of the steps before the last, which has those of the single function. Each step asks for those that it
/// needs.</summary>
internal sealed class StepSettings(Func<string, string?> variable)
{
    private const int LongestRoleName = 64;

    public string Bucket =>
        variable("BUCKET") is { Length: > 0 } bucket
            ? bucket
            : throw new OperatorException("BUCKET is not set. It must be the name of the bucket of the organization's runs.");

    public AccountFilter Filter => new(Entries("INCLUDE"), Entries("EXCLUDE"));

    /// <summary>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html</summary>
    public string RoleName =>
        variable("ROLE_NAME") is { Length: > 0 and <= LongestRoleName } name
        && name.All(character => char.IsAsciiLetterOrDigit(character) || "_+=,.@-".Contains(character, StringComparison.Ordinal))
            ? name
            : throw new OperatorException("ROLE_NAME must be the name of the member role, without its path, such as OriginWatchMember.");

    public string? ExternalId =>
        variable("EXTERNAL_ID") is not { Length: > 0 } id ? null
        : MemberRole.IsExternalId(id) ? id
        : throw new OperatorException("EXTERNAL_ID must be 2 to 1,224 letters, digits or characters of _+=,.@:/-, or empty for none.");

    public bool ReadsClientCertificates => IsYes("CLIENT_CERTIFICATES");

    /// <summary>True to ask CloudWatch what CloudFront counted for each distribution.</summary>
    public bool ReadsMetrics => IsYes("CLOUDFRONT_METRICS");

    /// <summary>True for three metrics of each account, beside those of the organization.</summary>
    public bool SendsAccountMetrics => IsYes("ACCOUNT_METRICS");

    public int Connections =>
        variable("CONNECTIONS") is not { Length: > 0 } text ? ProbeLimits.DefaultConnections
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number is >= 1 and <= ProbeLimits.MaxConnections
            ? number
        : throw new OperatorException(
            $"CONNECTIONS must be a whole number from 1 to {ProbeLimits.MaxConnections}, or empty for {ProbeLimits.DefaultConnections}."
        );

    private bool IsYes(string name) =>
        variable(name) switch
        {
            "yes" => true,
            null or "" or "no" => false,
            _ => throw new OperatorException($"{name} must be yes or no, or empty for no."),
        };

    private string[] Entries(string name)
    {
        var entries = (variable(name) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return entries.FirstOrDefault(entry => !AccountFilter.IsValid(entry)) is { } wrong
            ? throw new OperatorException(
                $"{name} holds \"{Escape.Text(wrong, 100)}\". Write account ids, "
                    + "or ids of organizational units such as ou-ab12-11111111, separated by commas."
            )
            : entries;
    }
}
