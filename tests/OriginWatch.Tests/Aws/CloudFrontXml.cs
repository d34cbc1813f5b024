using System.Globalization;
using System.Xml.Linq;

namespace OriginWatch.Tests.Aws;

/// <summary>Distributions as CloudFront's API writes them, with every member that its service model requires.</summary>
internal static class CloudFrontXml
{
    public static XElement Distribution(string id, params XElement[] changes)
    {
        var summary = new XElement(
            "DistributionSummary",
            new XElement("Id", id),
            new XElement("ARN", $"arn:aws:cloudfront::{FakeCloudFront.AccountId}:distribution/{id}"),
            new XElement("ETag", "E1"),
            new XElement("Status", "Deployed"),
            new XElement("LastModifiedTime", "2026-10-01T12:00:00Z"),
            new XElement("DomainName", $"d{id.ToLowerInvariant()}.cloudfront.net"),
            List("Aliases", "CNAME"),
            List("Origins", "Origin", Origin("origin", "origin.example")),
            List("OriginGroups", "OriginGroup"),
            Behavior("DefaultCacheBehavior"),
            List("CacheBehaviors", "CacheBehavior"),
            List("CustomErrorResponses", "CustomErrorResponse"),
            new XElement("Comment", ""),
            new XElement("PriceClass", "PriceClass_All"),
            new XElement("Enabled", "true"),
            new XElement("ViewerCertificate", new XElement("CloudFrontDefaultCertificate", "true")),
            new XElement(
                "Restrictions",
                new XElement("GeoRestriction", new XElement("RestrictionType", "none"), new XElement("Quantity", 0))
            ),
            new XElement("WebACLId", ""),
            new XElement("HttpVersion", "http2"),
            new XElement("IsIPV6Enabled", "true"),
            new XElement("Staging", "false")
        );
        foreach (var change in changes)
        {
            summary.Element(change.Name)?.Remove();
            summary.Add(change);
        }

        return summary;
    }

    /// <summary>A counted list: its element names differ from list to list.</summary>
    public static XElement List(string name, string item, params IEnumerable<object> items)
    {
        var all = items.Select(value => value as XElement ?? new XElement(item, value)).ToList();
        return new XElement(name, new XElement("Quantity", all.Count), all.Count > 0 ? new XElement("Items", all) : null);
    }

    public static XElement Origin(string id, string domainName, params XElement[] configs)
    {
        var origin = new XElement(
            "Origin",
            new XElement("Id", id),
            new XElement("DomainName", domainName),
            new XElement("OriginPath", ""),
            List(
                "CustomHeaders",
                "OriginCustomHeader",
                new XElement("OriginCustomHeader", new XElement("HeaderName", "X-Secret"), new XElement("HeaderValue", "hunter2"))
            ),
            configs.Length > 0 ? configs : [Custom()],
            new XElement("ConnectionAttempts", 2),
            new XElement("ConnectionTimeout", 7),
            new XElement("OriginShield", new XElement("Enabled", "false")),
            new XElement("OriginAccessControlId", "")
        );
        return origin;
    }

    public static XElement Custom(
        string policy = "https-only",
        int httpsPort = 443,
        IEnumerable<string>? protocols = null,
        params XElement[] more
    ) =>
        new(
            "CustomOriginConfig",
            new XElement("HTTPPort", 80),
            new XElement("HTTPSPort", httpsPort.ToString(CultureInfo.InvariantCulture)),
            new XElement("OriginProtocolPolicy", policy),
            List("OriginSslProtocols", "SslProtocol", protocols ?? ["TLSv1.2"]),
            new XElement("OriginReadTimeout", 30),
            new XElement("OriginKeepaliveTimeout", 5),
            more
        );

    public static XElement Behavior(string name, string target = "origin", params XElement[] more) =>
        new(name, new XElement("TargetOriginId", target), new XElement("ViewerProtocolPolicy", "redirect-to-https"), more);

    /// <summary>The answer to ListTagsForResource.</summary>
    public static HttpAnswer Tags(params (string Key, string Value)[] tags)
    {
        XNamespace names = "http://cloudfront.amazonaws.com/doc/2020-05-31/";
        return new(
            200,
            new XElement(
                names + "Tags",
                new XElement(
                    names + "Items",
                    tags.Select(tag => new XElement(
                        names + "Tag",
                        new XElement(names + "Key", tag.Key),
                        new XElement(names + "Value", tag.Value)
                    ))
                )
            ).ToString()
        );
    }
}
