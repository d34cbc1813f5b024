using System.Text.Json;

namespace OriginWatch.Inventory.Saved;

/// <summary>JSON in CloudFront's own shapes; what is null is left out.</summary>
internal static class WireWriter
{
    public static void Text(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    public static void Object(this Utf8JsonWriter json, string name, Action write)
    {
        json.WriteStartObject(name);
        write();
        json.WriteEndObject();
    }

    /// <summary>A list as CloudFront writes it, <c>{"Quantity": n, "Items": […]}</c>.</summary>
    public static void List<T>(this Utf8JsonWriter json, string name, IReadOnlyCollection<T> items, Action<T> write) =>
        json.Object(
            name,
            () =>
            {
                json.WriteNumber("Quantity", items.Count);
                json.WriteStartArray("Items");
                foreach (var item in items)
                {
                    write(item);
                }

                json.WriteEndArray();
            }
        );

    public static void Texts(this Utf8JsonWriter json, string name, IReadOnlyCollection<string> items) =>
        json.List(name, items, json.WriteStringValue);

    public static void Objects<T>(this Utf8JsonWriter json, string name, IReadOnlyCollection<T> items, Action<T> write) =>
        json.List(
            name,
            items,
            item =>
            {
                json.WriteStartObject();
                write(item);
                json.WriteEndObject();
            }
        );
}
