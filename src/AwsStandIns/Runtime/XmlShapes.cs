using System.Globalization;
using System.Xml.Linq;

namespace AwsStandIns.Runtime;

/// <summary>Members of a REST-XML shape. What is absent is null, lists without elements too, as in version 4 of the SDK.</summary>
internal static class XmlShapes
{
    public static XElement? Member(this XElement? shape, string name) =>
        shape?.Elements().FirstOrDefault(element => element.Name.LocalName == name);

    public static string? Text(this XElement? shape, string name) => shape.Member(name)?.Value;

    public static int? Number(this XElement? shape, string name) =>
        shape.Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    public static bool? Flag(this XElement? shape, string name) => shape.Text(name) is { } text ? bool.Parse(text) : null;

    public static T? Shape<T>(this XElement? shape, string name, Func<XElement, T> read)
        where T : class => shape.Member(name) is { } member ? read(member) : null;

    public static List<T>? List<T>(this XElement? shape, string name, string element, Func<XElement, T> read)
    {
        var items = shape.Member(name)?.Elements().Where(item => item.Name.LocalName == element).Select(read).ToList();
        return items is { Count: > 0 } ? items : null;
    }

    public static List<string>? Texts(this XElement? shape, string name, string element) => shape.List(name, element, item => item.Value);
}
