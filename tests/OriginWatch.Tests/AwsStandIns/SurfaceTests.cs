using System.Reflection;
using Amazon.CloudFront;
using Amazon.Runtime;

namespace OriginWatch.Tests.AwsStandIns;

/// <summary>The stand-ins have the members of the official packages: same names, same types, null where those leave null.</summary>
public class SurfaceTests
{
    private static readonly Assembly StandIns = typeof(AmazonCloudFrontClient).Assembly;
    private readonly OfficialSurface _official = OfficialSurface.Read();

    public SurfaceTests() => Assert.SkipWhen(StandIns.GetName().Name != "AwsStandIns", "this build is on the official packages");

    public static TheoryData<string> ModelNamespaces => ["Amazon.CloudFront.Model", "Amazon.SimpleNotificationService.Model"];

    [Theory]
    [MemberData(nameof(ModelNamespaces))]
    public void Model_classes_have_only_official_members_of_the_official_type(string modelNamespace)
    {
        var classes = Public().Where(type => type.Namespace == modelNamespace).ToList();
        var members = classes.SelectMany(Members).ToList();
        members.Count.ShouldBeGreaterThan(8);
        members.Except(_official.Members(modelNamespace)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(ModelNamespaces))]
    public void Every_model_class_of_the_list_stands_in(string modelNamespace) =>
        _official
            .Classes(modelNamespace)
            .Except(Public().Where(type => type.Namespace == modelNamespace).Select(type => type.Name))
            .ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(ModelNamespaces))]
    public void What_may_be_absent_is_nullable(string modelNamespace)
    {
        var nullability = new NullabilityInfoContext();
        Public()
            .Where(type => type.Namespace == modelNamespace)
            .SelectMany(Declared)
            .Where(property => nullability.Create(property).ReadState != NullabilityState.Nullable)
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}")
            .ShouldBeEmpty();
    }

    [Fact]
    public void Enumerations_have_the_official_wire_values()
    {
        var values = Public()
            .Where(type => type.IsSubclassOf(typeof(ConstantClass)))
            .SelectMany(type =>
                type.GetFields(BindingFlags.Public | BindingFlags.Static)
                    .Select(field => $"{type.Name}.{field.Name}={((ConstantClass)field.GetValue(null)!).Value}")
            )
            .ToList();
        values.ShouldNotBeEmpty();
        values.Except(_official.WireValues).ShouldBeEmpty();
    }

    [Fact]
    public void Clients_interfaces_and_serializers_have_the_official_signatures()
    {
        string[] namespaces =
        [
            "Amazon.CloudFront",
            "Amazon.SimpleNotificationService",
            "Amazon.Lambda.Core",
            "Amazon.Lambda.Serialization.SystemTextJson",
        ];
        var signatures = Public()
            .Where(type =>
                namespaces.Contains(type.Namespace)
                && !type.IsSubclassOf(typeof(ConstantClass))
                && !type.IsSubclassOf(typeof(AmazonServiceException))
            )
            .SelectMany(Signature.Of)
            .Order(StringComparer.Ordinal);
        signatures.ShouldBe(_official.Signatures.Order(StringComparer.Ordinal));
    }

    private static Type[] Public() => StandIns.GetExportedTypes();

    private static IEnumerable<PropertyInfo> Declared(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);

    private static IEnumerable<string> Members(Type type) =>
        Declared(type)
            .Select(property =>
                $"{type.Name}.{property.Name}:{OfficialSurface.Short(property.PropertyType)}{(property.GetCustomAttribute<ObsoleteAttribute>() is null ? "" : "!")}"
            );
}
