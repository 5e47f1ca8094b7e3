using System.Text.Json;
using System.Text.Json.Nodes;
using MaySend.Server.OpenApi;

namespace MaySend.Server.Tests;

/// <summary>What an answer is compared by: its status, kind and members.</summary>
public partial class AnswersTests
{
    static IEnumerable<string> Operations(JsonElement document) =>
        document
            .GetProperty("paths")
            .EnumerateObject()
            .Where(path => path.Name.StartsWith("/v1/", StringComparison.Ordinal))
            .SelectMany(path =>
                path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name[1..].TrimEnd('/')}")
            );

    /// <summary>One of each list and of the answers to an assessment's questions, the beginning of a long text, and no key.</summary>
    static JsonNode? Shortened(JsonNode? node) =>
        node switch
        {
            JsonObject members => new JsonObject(
                members.Select(member =>
                    KeyValuePair.Create(
                        member.Key,
                        Shortened(
                            member is { Key: "answers", Value: JsonObject all }
                                ? new JsonObject(all.Take(1).Select(one => KeyValuePair.Create(one.Key, one.Value?.DeepClone())))
                                : member.Value
                        )
                    )
                )
            ),
            JsonValue value
                when value.GetValueKind() == JsonValueKind.String && value.GetValue<string>().StartsWith("ms_", StringComparison.Ordinal) =>
                "ms_...",
            JsonArray items => new JsonArray([.. items.Take(1).Select(Shortened)]),
            JsonValue value when value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { Length: > 160 } text =>
                string.Concat(text.AsSpan(0, 160), "..."),
            _ => node?.DeepClone(),
        };

    static string FormOf(AnswerShown answer) => $"{answer.Status} {answer.Type} {FormOf(answer.Body)}";

    /// <summary>Members and kinds. A number may have a fraction or not.</summary>
    static string FormOf(JsonNode? node) =>
        node switch
        {
            JsonObject members => $"{{{string.Join(", ", members.Select(member => $"{member.Key}: {FormOf(member.Value)}"))}}}",
            JsonArray items => $"[{string.Join(", ", items.Select(FormOf))}]",
            null => "null",
            _ => node.GetValueKind() is JsonValueKind.True or JsonValueKind.False ? "yes or no" : node.GetValueKind().ToString(),
        };
}
