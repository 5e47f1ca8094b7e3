using System.Text.Json;
using MaySend.Evidence.Entries;
using MaySend.Reading;

namespace MaySend.Warehouse.Exports;

/// <summary>
/// Names what a sender's files say: facts that were found by one state of them must not be screened by another. The properties of objects
/// are put in order first, because that of a dictionary differs from one process to the next.
/// </summary>
public static class ControllerState
{
    /// <summary>SHA-256 over the entries in their order.</summary>
    public static string Of(IEnumerable<ControllerEntry> entries)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartArray();
            foreach (var entry in entries)
                using (var read = JsonDocument.Parse(EntryJson.Write(entry)))
                    Write(json, read.RootElement);
            json.WriteEndArray();
        }
        return Digest.Of(text.ToArray()).ToString();
    }

    static void Write(Utf8JsonWriter json, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var property in element.EnumerateObject().OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    json.WritePropertyName(property.Name);
                    Write(json, property.Value);
                }
                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(json, item);
                json.WriteEndArray();
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }
}
