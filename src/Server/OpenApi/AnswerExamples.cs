using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using MaySend.Decisions;
using Microsoft.OpenApi;

namespace MaySend.Server.OpenApi;

/// <summary>What an operation answers when all is well.</summary>
/// <param name="Status">The status.</param>
/// <param name="Type">The media type; null for an answer without a body.</param>
/// <param name="Body">An answer that was given, where it is JSON: long lists and texts are cut short.</param>
public sealed record AnswerShown(int Status, string? Type, JsonNode? Body);

/// <summary>
/// Answers by method and route, in <c>answers.json</c>. They were given by a server: a test asks for each of them again, and fails where
/// one has other members.
/// </summary>
static class AnswerExamples
{
    /// <summary>Every operation's.</summary>
    public static FrozenDictionary<string, AnswerShown> All { get; } = Read();

    static OpenApiSchema Verdicts =>
        new() { Type = JsonSchemaType.String, Enum = [.. Enum.GetValues<Verdict>().Select(verdict => (JsonNode)verdict.Word())] };

    /// <summary>
    /// The schema that an answer shows. What may be left out or be of several kinds, one answer cannot tell: nothing is required, and of
    /// null the kind is left open.
    /// </summary>
    public static OpenApiSchema SchemaOf(JsonNode? node) =>
        node switch
        {
            JsonObject members => new()
            {
                Type = JsonSchemaType.Object,
                Properties = members.ToDictionary(
                    member => member.Key,
                    IOpenApiSchema (member) => member.Key == "verdict" ? Verdicts : SchemaOf(member.Value),
                    StringComparer.Ordinal
                ),
            },
            JsonArray items => new() { Type = JsonSchemaType.Array, Items = SchemaOf(items.FirstOrDefault()) },
            null => new(),
            _ => new()
            {
                Type = node.GetValueKind() switch
                {
                    JsonValueKind.String => JsonSchemaType.String,
                    JsonValueKind.Number => node.ToJsonString().Contains('.', StringComparison.Ordinal)
                        ? JsonSchemaType.Number
                        : JsonSchemaType.Integer,
                    _ => JsonSchemaType.Boolean,
                },
            },
        };

    static FrozenDictionary<string, AnswerShown> Read()
    {
        using var file = typeof(AnswerExamples).Assembly.GetManifestResourceStream("MaySend.Server.OpenApi.answers.json")!;
        return JsonSerializer
            .Deserialize<Dictionary<string, AnswerShown>>(file, JsonSerializerOptions.Web)!
            .ToFrozenDictionary(StringComparer.Ordinal);
    }
}
