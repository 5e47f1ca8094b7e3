using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace MaySend.Mail.Inbound;

/// <summary>A JSON value and the path that leads to it. Asking for what is not there, or is of another type, gives null.</summary>
readonly struct JsonAt(JsonElement element, string path)
{
    public string Path => path;

    /// <summary>The value as it was written; octets that are no UTF-8 are shown as such.</summary>
    public string Raw => Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element));

    public bool IsObject => element.ValueKind == JsonValueKind.Object;

    public bool IsArray => element.ValueKind == JsonValueKind.Array;

    public JsonAt? this[string name] =>
        IsObject && Child(name) is { ValueKind: not JsonValueKind.Null } child ? new JsonAt(child, $"{path}.{name}") : null;

    /// <summary>The last member of this name; members whose own names are no Unicode are others.</summary>
    JsonElement? Child(string name)
    {
        JsonElement? found = null;
        foreach (var member in element.EnumerateObject())
            try
            {
                if (member.NameEquals(name))
                    found = member.Value;
            }
            catch (InvalidOperationException)
            {
                // JsonDocument unescapes a name only when it is asked for: half a surrogate pair is found out here.
            }
        return found;
    }

    /// <summary>Names and values in their order; members whose own names are no Unicode are left out.</summary>
    public IEnumerable<(string Name, JsonAt Value)> Members()
    {
        if (!IsObject)
            yield break;
        foreach (var member in element.EnumerateObject())
            if (Name(member) is { } name)
                yield return (name, new JsonAt(member.Value, $"{path}.{name}"));
    }

    static string? Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public IEnumerable<JsonAt> Items()
    {
        if (!IsArray)
            yield break;
        var index = 0;
        foreach (var item in element.EnumerateArray())
            yield return new JsonAt(item, $"{path}[{(index++).ToString(CultureInfo.InvariantCulture)}]");
    }

    /// <summary>The value itself if it is text, or a number as it was written; null too for text that is no Unicode.</summary>
    public string? Text()
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.String => element.GetString(),
                JsonValueKind.Number => element.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            // Octets that are no UTF-8, or half a surrogate pair: JsonDocument finds out only now.
            return null;
        }
    }

    public string? Text(string name) => this[name]?.Text();

    public bool? Flag(string name) => this[name] is { } child ? child.Flag() : null;

    public bool? Flag() =>
        element.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };
}
