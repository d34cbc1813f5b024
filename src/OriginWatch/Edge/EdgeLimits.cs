namespace OriginWatch.Edge;

/// <summary>Bounds of everything that is asked of an edge and read from it.</summary>
internal static class EdgeLimits
{
    /// <summary>CloudFront's own error pages have about one thousand bytes.</summary>
    public const int BodyBytes = 64 * 1024;

    /// <summary>All headers of an answer, in KiB; CloudFront passes on at most 20 (AWS developer guide, "Quotas").</summary>
    public const int HeaderKibibytes = 32;

    /// <summary>Headers of an answer.</summary>
    public const int Headers = 256;

    /// <summary>Requests under way to one distribution.</summary>
    public const int PerDistribution = 2;

    /// <summary>Requests under way in all.</summary>
    public const int InAll = 16;

    /// <summary>Addresses of a distribution that are tried, one after the other.</summary>
    public const int Addresses = 4;

    /// <summary>A question takes no longer than this, whatever the origin's own time is.</summary>
    public static readonly TimeSpan Question = TimeSpan.FromSeconds(60);

    /// <summary>Connecting to one address of the distribution.</summary>
    public static readonly TimeSpan Connect = TimeSpan.FromSeconds(5);

    /// <summary>Resolving and connecting from here, beside the origin's own time.</summary>
    public static readonly TimeSpan OwnPart = TimeSpan.FromSeconds(5);
}
