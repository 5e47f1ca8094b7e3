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
        var names = JsonSerializer.Deserialize<string?[]>(ref reader, options) ?? [];
        return NameSet.Of(names.Select(name => name ?? throw new JsonException("a name in the list is null")));
    }

    public override void Write(Utf8JsonWriter writer, NameSet value, JsonSerializerOptions options)
    {
        if (value.IsEverything)
            writer.WriteStringValue("all");
        else
            JsonSerializer.Serialize(writer, value.Names.AsSpan().ToArray(), options);
    }
}
