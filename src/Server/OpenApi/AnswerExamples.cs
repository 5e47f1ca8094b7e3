using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MaySend.Server.OpenApi;

/// <summary>What an operation answers when all is well.</summary>
/// <param name="Status">The status.</param>
/// <param name="Type">The media type; null for an answer without a body.</param>
/// <param name="Body">An answer that was given, where it is JSON: long lists and texts are cut short.</param>
sealed record AnswerShown(int Status, string? Type, JsonNode? Body);

/// <summary>
/// Answers by method and route, in <c>examples.json</c>, to be looked at beside the schemas. They were given by a server: a test asks for
/// each of them again, and fails where one has other members.
/// </summary>
static class AnswerExamples
{
    /// <summary>Every operation's.</summary>
    public static FrozenDictionary<string, AnswerShown> All { get; } = Read();

    static FrozenDictionary<string, AnswerShown> Read()
    {
        using var file = typeof(AnswerExamples).Assembly.GetManifestResourceStream("MaySend.Server.OpenApi.examples.json")!;
        return JsonSerializer
            .Deserialize<Dictionary<string, AnswerShown>>(file, JsonSerializerOptions.Web)!
            .ToFrozenDictionary(StringComparer.Ordinal);
    }
}
