using System.Reflection;

namespace OriginWatch.Tests.AwsStandIns;

/// <summary>Public constructors, methods and properties as one line each.</summary>
internal static class Signature
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Type type) =>
        [
            .. type.GetConstructors(Own).Select(constructor => $"{type.FullName}({Parameters(constructor)})"),
            .. type.GetMethods(Own)
                .Where(method => !method.IsSpecialName && method.GetBaseDefinition() == method)
                .Select(method => $"{type.FullName}.{method.Name}({Parameters(method)}) {Name(method.ReturnType)}"),
            .. type.GetProperties(Own)
                .Where(property => property.GetMethod!.GetBaseDefinition() == property.GetMethod)
                .Select(property => $"{type.FullName}.{property.Name} {Name(property.PropertyType)}"),
        ];

    private static string Parameters(MethodBase method) =>
        string.Join(
            ", ",
            method
                .GetParameters()
                .Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = default" : "")}")
        );

    private static string Name(Type type) =>
        type.IsGenericType
            ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : type.Name;
}
