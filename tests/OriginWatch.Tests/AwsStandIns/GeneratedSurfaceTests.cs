using System.Reflection;
using Amazon.CloudFront;
using OriginWatch.Tests.Aws;

namespace OriginWatch.Tests.AwsStandIns;

/// <summary>The stand-ins whose official package cannot be had everywhere have the members that botocore's models have, from which the
/// official ones are generated too.</summary>
public sealed class GeneratedSurfaceTests
{
    private static readonly Assembly StandIns = typeof(AmazonCloudFrontClient).Assembly;

    [Theory]
    [InlineData("Amazon.CertificateManager.Model", 40)]
    [InlineData("Amazon.CloudWatch.Model", 30)]
    [InlineData("Amazon.Organizations.Model", 10)]
    public async Task Have_exactly_the_members_of_the_service_models(string modelNamespace, int least)
    {
        Assert.SkipWhen(StandIns.GetName().Name != "AwsStandIns", "this build is on the official packages");
        Tools.SkipOrFail(await Tools.MissingPythonAsync("botocore"));
        var official = (
            await Tools.RunAsync("python3", [Path.Combine(Tools.Top, ".github", "maintenance", "generate_standins.py"), "--members"])
        )
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.StartsWith(modelNamespace, StringComparison.Ordinal))
            .ToList();

        official.Count.ShouldBeGreaterThan(least);
        Members(modelNamespace).Order(StringComparer.Ordinal).ShouldBe(official.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Members(string modelNamespace) =>
        StandIns
            .GetExportedTypes()
            .Where(type => type.Namespace == modelNamespace)
            .SelectMany(type =>
                type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                    .Select(property => $"{modelNamespace}.{type.Name}.{property.Name}:{Short(property.PropertyType)}")
            );

    private static string Short(Type type) =>
        type == typeof(DateTime?) || type == typeof(DateTime) ? "dt"
        : type == typeof(double?) || type == typeof(double) ? "d"
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) ? $"L<{Short(type.GetGenericArguments()[0])}>"
        : OfficialSurface.Short(type);
}
