using System.Text.Json;
using System.Text.Json.Serialization;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Entries;

/// <summary>Writes a <see cref="NameSet"/> as a list of names, or as the word <c>all</c>.</summary>
sealed class NameSetJson : JsonConverter<NameSet>
{
    public override NameSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return string.Equals(reader.GetString(), "all", StringComparison.OrdinalIgnoreCase)
                ? NameSet.Everything
                : throw new JsonException("a list of names, or \"all\"");
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("a list of names, or \"all\"");
        string? only = null;
        List<string>? names = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var name = reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString()!,
                JsonTokenType.Null => throw new JsonException("a name in the list is null"),
                _ => throw new JsonException("a name in the list is no text"),
            };
            if (only is null)
                only = name;
            else
                (names ??= [only]).Add(name);
        }
        // Most lists are of one name.
        return names is not null ? NameSet.Of(names)
            : only is not null ? NameSet.Of(only)
            : NameSet.Of();
    }

    public override void Write(Utf8JsonWriter writer, NameSet value, JsonSerializerOptions options)
    {
        if (value.IsEverything)
            writer.WriteStringValue("all");
        else
            JsonSerializer.Serialize(writer, value.Names.AsSpan().ToArray(), options);
    }
}
