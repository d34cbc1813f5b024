using System.CommandLine;

namespace OriginWatch.Cli.Commands;

/// <summary>Where the distributions are listed: a saved file, or the account of a profile.</summary>
internal sealed class InventoryOptions
{
    public Option<FileInfo?> Inventory { get; } =
        new("--inventory")
        {
            Description =
                "A saved listing ('aws cloudfront list-distributions'), a Terraform plan or state ('terraform show -json'), "
                + "or a CloudFormation template; - reads standard input; without it the account is listed",
            HelpName = "FILE",
        };

    public Option<TemplateParameter[]> Parameter { get; } =
        new("--parameter")
        {
            Description = "A value for a parameter of the CloudFormation template; may be given several times",
            HelpName = "KEY=VALUE",
            CustomParser = TemplateParameter.Parse,
        };

    public Option<string?> Profile { get; } =
        new("--profile")
        {
            Description = "List the account of this AWS profile; the SDK's default credentials when left out",
            HelpName = "PROFILE",
        };

    public Option<string?> Region { get; } =
        new("--region") { Description = "The AWS region to call; the profile's when left out", HelpName = "REGION" };

    public Option<bool> ClientCertificates { get; } =
        new("--client-certificates")
        {
            Description = "Read the client certificates of origin mutual TLS from ACM too (acm:DescribeCertificate)",
        };

    public Option<bool> CloudFrontMetrics { get; } =
        new("--cloudfront-metrics")
        {
            Description =
                "Show what CloudFront counted for distributions with findings (cloudwatch:GetMetricData, US$ 0.01 per 1,000 metrics)",
        };

    public void AddTo(Command command)
    {
        command.Validators.Add(result =>
        {
            if (
                result.GetResult(Inventory) is not null
                && (
                    (result.GetResult(Profile) ?? result.GetResult(Region)) is not null
                    || result.GetValue(ClientCertificates)
                    || result.GetValue(CloudFrontMetrics)
                )
            )
            {
                result.AddError(
                    "--inventory reads a file: --profile, --region, --client-certificates and --cloudfront-metrics cannot be used with it."
                );
            }
        });
        command.Validators.Add(result =>
        {
            if (result.GetResult(Parameter) is { Implicit: false } && result.GetResult(Inventory) is null)
            {
                result.AddError("--parameter is for a CloudFormation template: name it with --inventory.");
            }
        });
        command.Add(Inventory);
        command.Add(Parameter);
        command.Add(Profile);
        command.Add(Region);
        command.Add(ClientCertificates);
        command.Add(CloudFrontMetrics);
    }
}
