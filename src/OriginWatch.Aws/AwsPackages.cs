using System.Reflection;

namespace OriginWatch.Aws;

/// <summary>Which AWS packages this build is on: "official", the deployed ones, or "stand-ins".</summary>
public static class AwsPackages
{
    public static string Name =>
        typeof(AwsPackages)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(attribute => attribute.Key == nameof(AwsPackages))
            ?.Value
        ?? "unknown";
}
