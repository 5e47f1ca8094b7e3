using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;
using MaySend.Reading;
using MaySend.Server.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MaySend.Server.OpenApi;

/// <summary>Schemas as the JSON is, where a type does not show it, and descriptions for those who do not read the source.</summary>
static partial class SchemaShapes
{
    static readonly OpenApiSchema Text = new() { Type = JsonSchemaType.String };

    /// <summary>What the controller has on record names its kind when it is answered, and may when it is sent.</summary>
    static readonly FrozenDictionary<Type, string> Kinds = Json
        .Web.GetTypeInfo(typeof(ControllerEntry))
        .PolymorphismOptions!.DerivedTypes.ToFrozenDictionary(kind => kind.DerivedType, kind => (string)kind.TypeDiscriminator!);

    /// <summary>What the serializer's contract does not show: types with a converter of their own, closed lists of words, kinds.</summary>
    public static void Shape(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        AnswerShapes.Note(schema, context.JsonTypeInfo);
        if (
            context
                .JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: false)
                .Cast<AllowedValuesAttribute>()
                .FirstOrDefault() is
            { } allowed
        )
            schema.Enum = [.. allowed.Values.Cast<string>().Select(word => (JsonNode)word)];
        if (type.IsEnum)
            schema.Type = JsonSchemaType.String | ((schema.Type ?? 0) & JsonSchemaType.Null);
        else if (Kinds.TryGetValue(type, out var kind) && schema.Properties is { } members)
            schema.Properties = new Dictionary<string, IOpenApiSchema>([
                KeyValuePair.Create(
                    "kind",
                    (IOpenApiSchema)
                        new OpenApiSchema
                        {
                            Type = JsonSchemaType.String,
                            Enum = [kind],
                            Description = "Its kind. Every answer names it; a request may leave it out.",
                        }
                ),
                .. members,
            ]);
        else if (type == typeof(Digest))
        {
            (schema.Type, schema.Pattern) = (JsonSchemaType.String, "^[0-9a-f]{64}$");
            schema.Description = "SHA-256 in 64 hexadecimal digits: identifies exactly one content.";
        }
        else if (type == typeof(NameSet))
        {
            (schema.Type, schema.Properties, schema.Required, schema.AdditionalPropertiesAllowed) = (null, null, null, true);
            // In this form generators of clients compile what they make of it; as oneOf, or the other way round, not all do.
            schema.AnyOf =
            [
                new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["all"] },
                new OpenApiSchema { Type = JsonSchemaType.Array, Items = Text },
            ];
            schema.Description = "Names, or the word `all`.";
        }
        else if (type == typeof(When))
        {
            (schema.Type, schema.Examples) = (JsonSchemaType.String, ["2026-02-05", "2026-02-05T10:15:00+01:00"]);
            schema.Description = "A day, or a time with its offset. Where a day has no time, the more restrictive reading applies.";
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

    /// <summary>The schemas that stand within one, as far as they are no references to others.</summary>
    public static IEnumerable<IOpenApiSchema> Below(IOpenApiSchema? schema) =>
        schema is null or OpenApiSchemaReference
            ? []
            : new[] { schema.Items, schema.AdditionalProperties }
                .OfType<IOpenApiSchema>()
                .Concat(schema.Properties?.Values ?? [])
                .Concat(schema.OneOf ?? [])
                .Concat(schema.AnyOf ?? [])
                .Concat(schema.AllOf ?? []);

    static string ListOf(IEnumerable<string>? words, Match found) =>
        words is null ? found.Value : string.Join(", ", words.Select(word => $"`{word}`"));

    static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    [GeneratedRegex(@"(?:WordFact|SetFact) (\w+)\.(\w+)")]
    private static partial Regex WordsOfFact();

    [GeneratedRegex(@"ImmutableArray(?:<|&lt;)string(?:>|&gt;) Words\.(\w+)")]
    private static partial Regex SharedWords();

    [GeneratedRegex(@"\b(?:ImmutableArray(?:<|&lt;)string(?:>|&gt;)|int|long|bool|string|[A-Z]\w+)\?? [A-Z]\w+\.([A-Z]\w+)")]
    private static partial Regex Member();

    [GeneratedRegex(@" \(model §\d+\)")]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
