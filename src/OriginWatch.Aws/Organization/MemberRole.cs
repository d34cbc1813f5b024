using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using OriginWatch.Inventory;

namespace OriginWatch.Aws.Organization;

/// <summary>A role in another account through which its inventory is read.</summary>
/// <param name="Arn">In full.</param>
/// <param name="AccountId">Of the account that has the role.</param>
/// <param name="ExternalId">Null where the role's trust policy asks for none.</param>
public sealed record MemberRole(string Arn, string AccountId, string? ExternalId)
{
    /// <summary>In CloudTrail of the account.</summary>
    private const string SessionName = "originwatch";

    private const int LongestExternalId = 1224;

    /// <summary>Null for anything but the ARN of a role, <c>arn:aws:iam::123456789012:role/NAME</c>.</summary>
    public static MemberRole? Parse(string arn, string? externalId)
    {
        ArgumentNullException.ThrowIfNull(arn);
        var parts = arn.Split(':');
        return
            parts is ["arn", _, "iam", "", var account, var role]
            && role.StartsWith("role/", StringComparison.Ordinal)
            && role.Length > "role/".Length
            && account.Length == 12
            && account.All(char.IsAsciiDigit)
            ? new(arn, account, externalId)
            : null;
    }

    /// <summary>https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html</summary>
    public static bool IsExternalId(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is >= 2 and <= LongestExternalId
            && text.All(character => char.IsAsciiLetterOrDigit(character) || "_+=,.@:/-".Contains(character, StringComparison.Ordinal));
    }

    /// <exception cref="InventoryException">The role could not be assumed; the message says what to do.</exception>
    internal async Task<AWSCredentials> AssumeAsync(AmazonSecurityTokenServiceClient securityToken, CancellationToken cancellationToken)
    {
        try
        {
            var request = new AssumeRoleRequest
            {
                RoleArn = Arn,
                RoleSessionName = SessionName,
                ExternalId = ExternalId,
            };
            var answer = await securityToken.AssumeRoleAsync(request, cancellationToken);
            return new SessionAWSCredentials(
                answer.Credentials.AccessKeyId,
                answer.Credentials.SecretAccessKey,
                answer.Credentials.SessionToken
            );
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            var fault = AwsFault.Of(IamActions.AssumeRole, exception);
            throw fault.Kind == AwsFaultKind.Denied
                ? new InventoryException(
                    $"The role {Arn} could not be assumed. Deploy src/organization/member-role.yaml to the account, "
                        + "and check that TrustedPrincipalArns names this identity and that "
                        + $"{(ExternalId is null ? "the role asks for no external id" : "the external id is the role's")}.",
                    exception
                )
                {
                    IsDenied = true,
                }
                : new InventoryException(fault.Sentence, exception);
        }
    }
}
