using System.Collections.Frozen;
using MaySend.Server.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MaySend.Server.Describing;

/// <summary>What the code of an operation does not show: what else it reads from a request, what it answers, and how it says no.</summary>
static class Operations
{
    static readonly string[] Records = ["campaigns", "senders", "collection-points", "templates", "product-map", "statements", "policy", "assessments"];

    static readonly FrozenDictionary<string, (string Name, string Says)[]> Queries = new Dictionary<string, (string, string)[]>
    {
        ["POST v1/decisions"] = [("explain", "How much of the reasons: `none`, `brief` (the default) or `full`.")],
        ["POST v1/decisions/batch"] = [("explain", "How much of the reasons: `none` (the default), `brief` or `full`."), ("campaign", "The campaign of every line that names none.")],
        ["POST v1/screenings"] = [("campaign", "The campaign, where the body is a list and no JSON."), ("day", "Another day of sending than the campaign's.")],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly FrozenSet<string> Repeatable = FrozenSet.Create(StringComparer.Ordinal, "POST v1/evidence/{address}", "POST v1/refusals", "POST v1/screenings");

    /// <summary>Completes one operation.</summary>
    public static void Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var path = context.Description.RelativePath?.TrimEnd('/') ?? "";
        var name = $"{context.Description.HttpMethod} {path}";
        if (Examples.Of(name) is { } example && operation.RequestBody?.Content is { } content && content.TryGetValue("application/json", out var body)) body.Example = example;
        operation.Parameters ??= [];
        foreach (var (query, says) in Queries.GetValueOrDefault(name) ?? []) operation.Parameters.Add(Parameter(ParameterLocation.Query, query, says));
        if (Repeatable.Contains(name)) operation.Parameters.Add(Parameter(ParameterLocation.Header, "Idempotency-Key", "Any text of your own, up to 200 characters: the same request again with it adds nothing."));
        if (IsReplaced(context.Description.HttpMethod, path)) operation.Parameters.Add(Parameter(ParameterLocation.Header, "If-Match", "The ETag it was read with: it is replaced only while nobody else has changed it."));
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any()) operation.Security = [];
        if (!path.StartsWith("v1/", StringComparison.Ordinal)) return;
        operation.Responses = new OpenApiResponses { ["default"] = Refusal(context.Document) };
        if (Answered.All.GetValueOrDefault(name) is not { } answer) return;
        operation.Responses.Add(Status(answer.Status), Answer(answer, SaysOf(answer.Status)));
        if (answer.Status == StatusCodes.Status201Created && (context.Description.HttpMethod == "PUT" || Repeatable.Contains(name))) operation.Responses.Add(Status(StatusCodes.Status200OK), Answer(answer, "It was on record already, or took the place of what was."));
    }

    static string SaysOf(int status) => status switch
    {
        StatusCodes.Status201Created => "Added.",
        StatusCodes.Status202Accepted => "Taken on; ask for it again to see how far it is.",
        StatusCodes.Status204NoContent => "Gone.",
        _ => "Done.",
    };

    static OpenApiResponse Answer(AnswerShown answer, string says) => new()
    {
        Description = says,
        Content = answer.Type is { } type
            ? new Dictionary<string, OpenApiMediaType> { [type] = new() { Schema = answer.Body is null ? new OpenApiSchema { Type = JsonSchemaType.String } : Answered.SchemaOf(answer.Body), Example = answer.Body?.DeepClone() } }
            : null,
    };

    static OpenApiResponse Refusal(OpenApiDocument? document) => new()
    {
        Description = "It was not done: nothing is decided, nothing is sent. Every wrong field is named at once.",
        Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(nameof(Problem), document) } },
    };

    static string Status(int status) => status.ToString(System.Globalization.CultureInfo.InvariantCulture);

    static bool IsReplaced(string? method, string path) => path.Split('/') is [_, var group, "{id}", .. var rest] && Records.Contains(group) && (method == "PUT" || (method == "POST" && rest is [not "revise"]));

    static OpenApiParameter Parameter(ParameterLocation where, string name, string says) => new() { In = where, Name = name, Description = says, Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
}
