namespace OriginWatch.Inventory;

/// <summary>CloudFront's <c>OriginProtocolPolicy</c>. An unknown value is carried as its text.</summary>
public readonly record struct OriginProtocolPolicy(string Value)
{
    public static readonly OriginProtocolPolicy HttpOnly = new("http-only");
    public static readonly OriginProtocolPolicy MatchViewer = new("match-viewer");
    public static readonly OriginProtocolPolicy HttpsOnly = new("https-only");

    public bool IsKnown => this == HttpOnly || this == MatchViewer || this == HttpsOnly;

    public override string ToString() => Value;
}

/// <summary>CloudFront's <c>ViewerProtocolPolicy</c>. An unknown value is carried as its text.</summary>
public readonly record struct ViewerProtocolPolicy(string Value)
{
    public static readonly ViewerProtocolPolicy AllowAll = new("allow-all");
    public static readonly ViewerProtocolPolicy HttpsOnly = new("https-only");
    public static readonly ViewerProtocolPolicy RedirectToHttps = new("redirect-to-https");

    public bool IsKnown => this == AllowAll || this == HttpsOnly || this == RedirectToHttps;

    public override string ToString() => Value;
}

/// <summary>CloudFront's <c>IpAddressType</c> of an origin. An unknown value is carried as its text.</summary>
public readonly record struct IpAddressType(string Value)
{
    public static readonly IpAddressType Ipv4 = new("ipv4");
    public static readonly IpAddressType Ipv6 = new("ipv6");
    public static readonly IpAddressType Dualstack = new("dualstack");

    public bool IsKnown => this == Ipv4 || this == Ipv6 || this == Dualstack;

    public override string ToString() => Value;
}

/// <summary>CloudFront's <c>ConnectionMode</c>. An unknown value is carried as its text.</summary>
public readonly record struct ConnectionMode(string Value)
{
    public static readonly ConnectionMode Direct = new("direct");
    public static readonly ConnectionMode TenantOnly = new("tenant-only");

    public override string ToString() => Value;
}
