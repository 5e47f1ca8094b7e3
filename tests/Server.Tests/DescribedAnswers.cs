using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace MaySend.Server.Tests;

/// <summary>
/// Holds answers against the API's own description: a status, a media type, a member or a word that it does not name is a fault, and so is
/// a member that it says is always there.
/// </summary>
sealed class DescribedAnswers
{
    const string Refer = "#/components/schemas/",
        Define = "#/$defs/";

    static readonly EvaluationOptions All = new() { OutputFormat = OutputFormat.List };

    readonly Dictionary<string, JsonSchema> made = [];

    readonly Dictionary<string, JsonElement> operations;

    readonly JsonObject definitions;

    public DescribedAnswers(JsonElement document)
    {
        operations = document
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(path =>
                path.Value.EnumerateObject()
                    .Select(operation => ($"{operation.Name.ToUpperInvariant()} {path.Name[1..].TrimEnd('/')}", operation.Value))
            )
            .ToDictionary(one => one.Item1, one => one.Value, StringComparer.Ordinal);
        definitions = Defined(document.GetProperty("components").GetProperty("schemas").GetRawText()).AsObject();
        foreach (var (_, schema) in definitions)
            Close(schema!);
    }

    /// <summary>What of an answer is not as described, a line each.</summary>
    /// <param name="name">Method and route: <c>GET v1/keys/{id}</c>.</param>
    /// <param name="status">Its status.</param>
    /// <param name="media">Its media type; null for none.</param>
    /// <param name="body">Its body, where it is JSON.</param>
    public IReadOnlyList<string> Faults(string name, int status, string? media, JsonNode? body)
    {
        if (!operations[name].GetProperty("responses").TryGetProperty($"{status}", out var response))
            return [$"{name} answers {status}, of which nothing is said"];
        if (media is null)
            return response.TryGetProperty("content", out _) ? [$"{name} {status} has no body"] : [];
        if (!response.TryGetProperty("content", out var content) || !content.TryGetProperty(media, out var shown))
            return [$"{name} {status} is {media}, of which nothing is said"];
        if (body is null)
            return [];
        var key = $"{name} {status} {media}";
        if (!made.TryGetValue(key, out var schema))
            made[key] = schema = Schema(shown.GetProperty("schema"));
        var found = schema.Evaluate(JsonSerializer.SerializeToElement(body), All);
        return found.IsValid
            ? []
            :
            [
                .. (found.Details ?? [])
                    .Where(detail => detail.Errors is not null)
                    .SelectMany(detail => detail.Errors!.Select(error => $"{key} {detail.InstanceLocation}: {error.Value}")),
            ];
    }

    JsonSchema Schema(JsonElement schema)
    {
        var whole = Defined(schema.GetRawText()).AsObject();
        Close(whole);
        whole["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        whole["$defs"] = definitions.DeepClone();
        return JsonSchema.FromText(whole.ToJsonString());
    }

    static JsonNode Defined(string text) => JsonNode.Parse(text.Replace(Refer, Define, StringComparison.Ordinal))!;

    /// <summary>Forbids every member that is not named.</summary>
    static void Close(JsonNode schema)
    {
        if (schema is not JsonObject own)
            return;
        if (own["properties"] is JsonObject members)
        {
            own.TryAdd("additionalProperties", JsonValue.Create(false));
            foreach (var (_, member) in members)
                Close(member!);
        }
        foreach (var name in new[] { "items", "additionalProperties" })
            if (own[name] is { } below)
                Close(below);
        foreach (var name in new[] { "anyOf", "oneOf", "allOf" })
        foreach (var below in own[name] as JsonArray ?? [])
            Close(below!);
    }
}
