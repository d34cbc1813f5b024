using System.CommandLine;
using OriginWatch.Aws.Organization;
using OriginWatch.Text;

namespace OriginWatch.Cli.Commands;

/// <summary><c>originwatch organization check</c>: which accounts a scan of the organization would reach.</summary>
internal sealed class OrganizationCommand
{
    private readonly AccountOptions _accounts = new();
    private readonly Option<string?> _profile = new("--profile")
    {
        Description = "Ask with the credentials of this AWS profile; the SDK's default credentials when left out",
        HelpName = "PROFILE",
    };
    private readonly Option<string?> _region = new("--region")
    {
        Description = "The AWS region to call; the profile's when left out",
        HelpName = "REGION",
    };

    public Command Create()
    {
        _accounts.RoleName.Required = true;
        var check = new Command(
            "check",
            "List the accounts of the organization, and what is missing to scan each. Example: "
                + "originwatch organization check --role-name OriginWatchMember"
        );
        _accounts.AddCommonTo(check);
        check.Add(_profile);
        check.Add(_region);
        check.SetAction(RunAsync);
        return new Command(
            "organization",
            "Prepare a scan of many accounts. Example: originwatch organization check --role-name OriginWatchMember"
        )
        {
            check,
        };
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var output = parsed.InvocationConfiguration.Output;
        using var organization = AwsOrganization.Create(
            parsed.GetValue(_profile),
            parsed.GetValue(_region),
            _accounts.OrganizationOf(parsed)
        );
        var accounts = await AccountCheck.RunAsync(organization, progress: null, cancellationToken);
        var width = accounts.Select(account => NameOf(account).Length).DefaultIfEmpty(0).Max();
        foreach (var account in accounts.OrderBy(Order))
        {
            await output.WriteLineAsync(
                $"{NameOf(account).PadRight(width)}  {WordOf(account), -7}  {Escape.Text(account.SkippedBecause ?? account.Problem ?? account.Account.Path)}".TrimEnd()
            );
        }

        var (missing, skipped) = (
            accounts.Count(account => account.Problem is not null),
            accounts.Count(account => account.SkippedBecause is not null)
        );
        await output.WriteLineAsync(
            $"{accounts.Count} accounts: {accounts.Count - missing - skipped} ready, {missing} with something missing, {skipped} skipped."
        );
        return missing == 0 ? ExitCode.Clean : ExitCode.Incomplete;
    }

    private static string NameOf(CheckedAccount account) => Escape.Text(account.Account.ToString());

    private static string WordOf(CheckedAccount account) =>
        account switch
        {
            { SkippedBecause: not null } => "skipped",
            { Problem: not null } => "missing",
            _ => "ready",
        };

    private static int Order(CheckedAccount account) =>
        account switch
        {
            { Problem: not null } => 0,
            { SkippedBecause: null } => 1,
            _ => 2,
        };
}
