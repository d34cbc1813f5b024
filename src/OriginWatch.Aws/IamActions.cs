namespace OriginWatch.Aws;

/// <summary>Every IAM action that the product calls: the template grants these and no others.</summary>
public static class IamActions
{
    public const string ListDistributions = "cloudfront:ListDistributions";
    public const string GetDistributionConfig = "cloudfront:GetDistributionConfig";
    public const string GetCachePolicy = "cloudfront:GetCachePolicy";
    public const string GetOriginRequestPolicy = "cloudfront:GetOriginRequestPolicy";
    public const string GetVpcOrigin = "cloudfront:GetVpcOrigin";
    public const string ListDistributionTenants = "cloudfront:ListDistributionTenants";
    public const string GetDistributionTenant = "cloudfront:GetDistributionTenant";
    public const string GetObject = "s3:GetObject";
    public const string PutObject = "s3:PutObject";
    public const string GetTopicAttributes = "sns:GetTopicAttributes";
    public const string Publish = "sns:Publish";

    public const string DescribeCertificate = "acm:DescribeCertificate";
    public const string GetMetricData = "cloudwatch:GetMetricData";

    /// <summary>Of the identity that scans several accounts; the function does not have them.</summary>
    internal const string AssumeRole = "sts:AssumeRole";

    internal const string ListAccounts = "organizations:ListAccounts";
    internal const string ListParents = "organizations:ListParents";

    /// <summary>Granted and never called: without it S3 answers "denied" for an object that does not exist.</summary>
    public const string ListBucket = "s3:ListBucket";

    /// <summary>For routes by tag; the command line also filters by tag, with the credentials of its user.</summary>
    public const string ListTagsForResource = "cloudfront:ListTagsForResource";

    /// <summary>Not granted: AWS answers it whatever the policy says.</summary>
    internal const string GetCallerIdentity = "sts:GetCallerIdentity";

    /// <summary>Each with what it is for, in the order of the README.</summary>
    public static IReadOnlyList<(string Action, string Resource, string Purpose)> All { get; } =
    [
        (ListDistributions, "*", "the inventory"),
        (GetDistributionConfig, "*", "default values of tenant parameters, for multi-tenant distributions only"),
        (GetCachePolicy, "*", "which headers a custom cache policy forwards"),
        (GetOriginRequestPolicy, "*", "which headers a custom origin request policy forwards"),
        (GetVpcOrigin, "*", "protocol policy of VPC origins"),
        (ListDistributionTenants, "*", "domains of the tenants of multi-tenant distributions"),
        (GetDistributionTenant, "*", "parameters of those tenants"),
        (
            GetObject,
            "`state.json`, `config/suppressions.yaml`, `config/routes.yaml` and `roots/roots.pem` in the bucket",
            "what the last run found; accepted findings; whose mail goes where; roots of your own"
        ),
        (
            PutObject,
            "`state.json`, `kept/*` and `reports/*` in the bucket",
            "what this run found; a state that could not be used; the reports"
        ),
        (ListBucket, "the bucket", "to tell an object that does not exist from one that may not be read"),
        (GetTopicAttributes, "the topic, and those in `RouteTopicArns`", "whether there is a confirmed subscription"),
        (Publish, "the topic, the chat's where there is one, and those in `RouteTopicArns`", "the e-mail, and the chat notification"),
    ];

    /// <summary>Granted only where the parameter says so; the template has a policy of its own for each.</summary>
    public static IReadOnlyList<(string Action, string Resource, string Parameter, string Purpose)> Optional { get; } =
    [
        (
            DescribeCertificate,
            "the certificates of the account in us-east-1",
            "ClientCertificates",
            "the client certificates of origin mutual TLS"
        ),
        (GetMetricData, "*", "CloudFrontMetrics", "what CloudFront counted for distributions with findings"),
        (ListTagsForResource, "the distributions of the account", "RouteTags", "routes by tag"),
    ];
}
