using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MaySend.Decisions;

/// <summary>The explanation as JSON: camel case, nulls left out. The same content as the text.</summary>
public static partial class ExplanationJson
{
    /// <summary>As UTF-8 text.</summary>
    public static byte[] Write(Explanation explanation) => JsonSerializer.SerializeToUtf8Bytes(explanation, Context.Default.Explanation);

    /// <summary>As indented text for people.</summary>
    public static string WriteIndented(Explanation explanation) => JsonSerializer.Serialize(explanation, Indented.Explanation);

    static readonly Context Indented = new(
        new JsonSerializerOptions(Context.Default.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
    );

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
    )]
    [JsonSerializable(typeof(Explanation))]
    sealed partial class Context : JsonSerializerContext;
}
