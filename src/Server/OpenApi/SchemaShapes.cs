using System.Text.Json;
using System.Text.RegularExpressions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;
using Microsoft.OpenApi;

namespace MaySend.Server.OpenApi;

/// <summary>Schemas as the JSON is, where a type does not show it, and descriptions for those who do not read the source.</summary>
static partial class SchemaShapes
{
    static readonly OpenApiSchema Text = new() { Type = JsonSchemaType.String };

    /// <summary>Types that are written by a converter of their own.</summary>
    public static void Shape(OpenApiSchema schema, Type type)
    {
        if (type == typeof(NameSet))
        {
            (schema.Type, schema.Properties, schema.Required, schema.AdditionalPropertiesAllowed) = (null, null, null, true);
            schema.OneOf =
            [
                new OpenApiSchema { Type = JsonSchemaType.Array, Items = Text },
                new OpenApiSchema { Type = JsonSchemaType.String, Const = "all" },
            ];
            schema.Description = "Names, or the word `all`.";
        }
        else if (type == typeof(When))
        {
            (schema.Type, schema.Examples) = (JsonSchemaType.String, ["2026-02-05", "2026-02-05T10:15:00+01:00"]);
            schema.Description = "A day, or an instant with its offset. Of a day without a time, whatever is more restrictive holds.";
        }
    }

    /// <summary>
    /// What a question is about: the id of a campaign, or the campaign. <paramref name="question"/> is the name of its schema.
    /// </summary>
    public static void ShapeQuestion(OpenApiDocument document, string question)
    {
        if (
            document.Components?.Schemas is { } schemas
            && schemas.TryGetValue(question, out var asked)
            && asked.Properties?["campaign"] is OpenApiSchema campaign
        )
            campaign.AnyOf = [Text, new OpenApiSchemaReference(nameof(Campaign), document)];
    }

    /// <summary>
    /// A description without what only the source knows: lists of words are written out, and places in other documents left out.
    /// </summary>
    public static string? Plain(string? description)
    {
        if (description is null)
            return null;
        var text = WordsOfFact()
            .Replace(
                description,
                found =>
                    ListOf((Vocabulary.Find($"{Kebab(found.Groups[1].Value)}.{Kebab(found.Groups[2].Value)}") as WordFact)?.Words, found)
            );
        text = SharedWords()
            .Replace(
                text,
                found =>
                    ListOf(
                        found.Groups[1].Value switch
                        {
                            nameof(Words.Channels) => Words.Channels,
                            nameof(Words.Contexts) => Words.Contexts,
                            nameof(Words.Audiences) => Words.Audiences,
                            _ => null,
                        },
                        found
                    )
            );
        text = Member().Replace(text, found => $"`{JsonNamingPolicy.CamelCase.ConvertName(found.Groups[1].Value)}`");
        return Space().Replace(Elsewhere().Replace(text, ""), " ");
    }

    static string ListOf(IEnumerable<string>? words, Match found) =>
        words is null ? found.Value : string.Join(", ", words.Select(word => $"`{word}`"));

    static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    [GeneratedRegex(@"(?:WordFact|SetFact) (\w+)\.(\w+)")]
    private static partial Regex WordsOfFact();

    [GeneratedRegex(@"ImmutableArray(?:<|&lt;)string(?:>|&gt;) Words\.(\w+)")]
    private static partial Regex SharedWords();

    [GeneratedRegex(@"ImmutableArray(?:<|&lt;)string(?:>|&gt;) \w+\.(\w+)")]
    private static partial Regex Member();

    [GeneratedRegex(@" \(model §\d+\)")]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
