namespace OriginWatch.Rules;

/// <summary>What the viewers of the site see, worst last, so that values compare.</summary>
public enum Severity
{
    /// <summary>Worth knowing, never mailed.</summary>
    Informational,

    /// <summary>Hygiene.</summary>
    Low,

    /// <summary>It works, against policy.</summary>
    Medium,

    /// <summary>CloudFront will answer 502 at a known date, or traffic crosses the internet over HTTP (unencrypted).</summary>
    High,

    /// <summary>CloudFront answers 502 now.</summary>
    Critical,
}
