using System.CommandLine;
using OriginWatch.Aws.Organization;
using OriginWatch.Inventory.Organization;

namespace OriginWatch.Cli.Commands;

/// <summary>Which accounts are scanned, where it is not one alone.</summary>
internal sealed class AccountOptions
{
    public Option<string[]> RoleArn { get; } =
        new("--role-arn")
        {
            Description = "Scan the account of this role, which is assumed; may be given several times, for a report on several accounts",
            HelpName = "ARN",
        };

    public Option<bool> Organization { get; } =
        new("--organization")
        {
            Description = "Scan every account of the AWS organization, 20 at a time (organizations:ListAccounts); needs --role-name",
        };

    public Option<string?> RoleName { get; } =
        new("--role-name") { Description = "The role to assume in each account of the organization", HelpName = "NAME" };

    public Option<string?> ExternalId { get; } =
        new("--external-id") { Description = "The external id that the roles' trust policies ask for", HelpName = "ID" };

    public Option<string[]> Include { get; } =
        new("--include")
        {
            Description =
                "Only these accounts of the organization: an account id, or an organizational unit with all below "
                + "it, e.g. r-ab12/ou-ab12-11111111; may be given several times",
            HelpName = "ID|OU-PATH",
        };

    public Option<string[]> Exclude { get; } =
        new("--exclude") { Description = "Not these accounts of the organization, written as for --include", HelpName = "ID|OU-PATH" };

    private IEnumerable<Option> OfOrganization => [RoleName, Include, Exclude];

    /// <summary>Beside an inventory that may also come from a file.</summary>
    public void AddTo(Command command, InventoryOptions inventory)
    {
        command.Validators.Add(result =>
        {
            if (
                result.GetResult(inventory.Inventory) is not null
                && (result.GetResult(RoleArn) is not null || result.GetValue(Organization))
            )
            {
                result.AddError("--inventory reads a file: --role-arn and --organization cannot be used with it.");
            }
            else if (result.GetResult(RoleArn) is not null && result.GetValue(Organization))
            {
                result.AddError("--organization finds the roles itself: leave --role-arn out, or --organization.");
            }
            else if (
                !result.GetValue(Organization) && OfOrganization.FirstOrDefault(option => result.GetResult(option) is not null) is { } stray
            )
            {
                result.AddError($"{stray.Name} needs --organization.");
            }
            else if (result.GetValue(Organization) && result.GetResult(RoleName) is null)
            {
                result.AddError("--organization needs --role-name, the role to assume in each account (src/organization/README.md).");
            }
            else if (result.GetResult(ExternalId) is not null && result.GetResult(RoleArn) is null && !result.GetValue(Organization))
            {
                result.AddError("--external-id needs --role-arn or --organization.");
            }
        });
        command.Add(RoleArn);
        command.Add(Organization);
        AddCommonTo(command);
    }

    /// <summary>For a command that is about the organization anyway.</summary>
    public void AddCommonTo(Command command)
    {
        RoleArn.Validators.Add(result =>
        {
            var roles = result.Tokens.Select(token => (token.Value, Role: MemberRole.Parse(token.Value, externalId: null))).ToList();
            if (roles.Find(role => role.Role is null) is { Value: { } wrong })
            {
                result.AddError(
                    $"--role-arn takes the ARN of a role, e.g. arn:aws:iam::123456789012:role/OriginWatchMember, not '{wrong}'."
                );
            }
            else if (
                roles.GroupBy(role => role.Role!.AccountId, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
            )
            {
                result.AddError($"--role-arn names two roles of account {twice.Key}; one reads the whole account.");
            }
        });
        ExternalId.Validators.Add(result =>
            RefuseOthers(result, MemberRole.IsExternalId, "--external-id takes 2 to 1,224 letters, digits and _+=,.@:/-")
        );
        RoleName.Validators.Add(result =>
            RefuseOthers(result, IsRoleName, "--role-name takes the name of a role, with its path if it has one, e.g. OriginWatchMember")
        );
        Include.Validators.Add(result =>
            RefuseOthers(
                result,
                AccountFilter.IsValid,
                "--include takes an account id of 12 digits or an organizational unit, e.g. r-ab12/ou-ab12-11111111"
            )
        );
        Exclude.Validators.Add(result =>
            RefuseOthers(
                result,
                AccountFilter.IsValid,
                "--exclude takes an account id of 12 digits or an organizational unit, e.g. r-ab12/ou-ab12-11111111"
            )
        );
        command.Add(RoleName);
        command.Add(ExternalId);
        command.Add(Include);
        command.Add(Exclude);
    }

    /// <summary>Null for one account alone.</summary>
    public AccountChoice? ChoiceOf(ParseResult parsed) =>
        parsed.GetValue(RoleArn) is { Length: > 0 } arns
            ? new AccountChoice.Roles([.. arns.Select(arn => MemberRole.Parse(arn, parsed.GetValue(ExternalId))!)])
        : parsed.GetValue(Organization) ? OrganizationOf(parsed)
        : null;

    public AccountChoice.Organization OrganizationOf(ParseResult parsed) =>
        new(
            parsed.GetValue(RoleName)!.TrimStart('/'),
            parsed.GetValue(ExternalId),
            new(parsed.GetValue(Include) ?? [], parsed.GetValue(Exclude) ?? [])
        );

    /// <summary>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html</summary>
    private static bool IsRoleName(string text) =>
        text.Length is >= 1 and <= 512
        && text.Split('/')[^1] is { Length: >= 1 and <= 64 }
        && text.All(character => char.IsAsciiLetterOrDigit(character) || "_+=,.@/-".Contains(character, StringComparison.Ordinal));

    private static void RefuseOthers(System.CommandLine.Parsing.OptionResult result, Func<string, bool> isValid, string sentence)
    {
        if (result.Tokens.FirstOrDefault(token => !isValid(token.Value)) is { } wrong)
        {
            result.AddError($"{sentence}, not '{wrong.Value}'.");
        }
    }
}
