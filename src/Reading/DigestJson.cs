using System.Text.Json;
using System.Text.Json.Serialization;

namespace MaySend.Reading;

/// <summary>A digest in JSON: its 64 digits as text.</summary>
public sealed class DigestJson : JsonConverter<Digest>
{
    /// <inheritdoc/>
    public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Digest.TryParse(reader.GetString(), out var digest) ? digest : throw new JsonException("must be 64 hexadecimal digits");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
