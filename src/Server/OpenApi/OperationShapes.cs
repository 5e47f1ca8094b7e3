using System.Text.Json.Nodes;
using MaySend.Server.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MaySend.Server.OpenApi;

/// <summary>What the code of an operation does not show: what else it reads from a request, what it answers, and how it says no.</summary>
static class OperationShapes
{
    /// <summary>Completes one operation.</summary>
    public static async Task CompleteAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellation
    )
    {
        var name = NameOf(context.Description);
        var path = name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (
            RequestExamples.Of(name) is { } example
            && operation.RequestBody?.Content is { } content
            && content.TryGetValue("application/json", out var body)
        )
            body.Example = example;
        foreach (var (media, list) in operation.RequestBody?.Content ?? new Dictionary<string, OpenApiMediaType>())
            list.Schema =
                media.StartsWith("text/", StringComparison.Ordinal) ? new OpenApiSchema { Type = JsonSchemaType.String }
                : media == "multipart/form-data" ? Files()
                : list.Schema;
        Read(operation, metadata.OfType<RequestParameter>());
        if (metadata.OfType<IAllowAnonymous>().Any())
            operation.Security = [];
        if (!path.StartsWith("v1/", StringComparison.Ordinal))
            return;
        operation.OperationId = IdOf(context.Description.HttpMethod, path);
        foreach (var other in metadata.OfType<OtherAnswer>())
            await AlsoAsync(operation, other, context, cancellation);
        var responses = operation.Responses ?? new OpenApiResponses();
        if (operation.RequestBody is not null)
            foreach (var status in new[] { StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType })
                responses.TryAdd(Status(status), Refusal(context.Document));
        var shown = AnswerExamples.All.GetValueOrDefault(name);
        foreach (var (status, response) in responses)
        {
            response.Description = SaysOf(status);
            if (shown is not null && status.StartsWith('2') && shown.Type is { } type)
                if (response.Content?.TryGetValue(type, out var media) == true)
                    media.Example = shown.Body?.DeepClone();
        }
        operation.Responses = new OpenApiResponses();
        foreach (var (status, response) in responses.OrderBy(one => one.Key, StringComparer.Ordinal))
            operation.Responses.Add(status, response);
        operation.Responses.Add("default", Refusal(context.Document));
        operation.Responses["default"].Description = Refused;
    }

    const string Refused = "The request failed: nothing is decided, nothing is sent. The answer names every wrong field at once.";

    /// <summary>An operation's method and address: <c>PUT v1/senders/{id}</c>.</summary>
    public static string NameOf(ApiDescription operation) => NameOf(operation.HttpMethod, operation.RelativePath);

    /// <inheritdoc cref="NameOf(ApiDescription)"/>
    public static string NameOf(string? method, string? path) => $"{method} {path?.Trim('/')}";

    /// <summary>What it reads from a request without an argument of its method.</summary>
    static void Read(OpenApiOperation operation, IEnumerable<RequestParameter> parameters)
    {
        operation.Parameters ??= [];
        // What a method takes as an argument is there already.
        foreach (var one in parameters.Where(one => !operation.Parameters.Any(known => known.In == one.Where && known.Name == one.Name)))
            operation.Parameters.Add(
                new OpenApiParameter
                {
                    In = one.Where,
                    Name = one.Name,
                    Description = one.Says,
                    Schema = one.IsMany ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = Text(one) } : Text(one),
                }
            );
    }

    static OpenApiSchema Text(RequestParameter one) =>
        new() { Type = JsonSchemaType.String, Enum = one.Words.Count == 0 ? null : [.. one.Words.Select(word => (JsonNode)word)] };

    /// <summary>Lists as a form sends them. What is asked beside them is in the query, or in form fields of the same names.</summary>
    static OpenApiSchema Files() =>
        new()
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string> { "files" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["files"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Description = "One or more lists, each with its file name.",
                    Items = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
                },
            },
        };

    /// <summary>Adds another form of the good answer.</summary>
    static async Task AlsoAsync(
        OpenApiOperation operation,
        OtherAnswer other,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellation
    )
    {
        var content = operation.Responses![Status(StatusCodes.Status200OK)].Content!;
        if (other.Type is not { } type)
        {
            content[other.Media] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
            return;
        }
        if (context.Document!.Components?.Schemas?.ContainsKey(type.Name) != true)
            context.Document.AddComponent(type.Name, await context.GetOrCreateSchemaAsync(type, null, cancellation));
        content[other.Media].Schema = new OpenApiSchema
        {
            AnyOf = [content[other.Media].Schema!, new OpenApiSchemaReference(type.Name, context.Document)],
        };
    }

    /// <summary>
    /// A name that generators of clients make a method of: <c>putSendersById</c>. It follows from the address, so it stays while that
    /// stays.
    /// </summary>
    static string IdOf(string? method, string path) =>
        (method ?? "GET").ToLowerInvariant()
        + string.Concat(
            path.Split('/', '-', '.')
                .Skip(1)
                .Select(part => part.StartsWith('{') ? $"By{Capital(part.Trim('{', '}').Split(':')[0])}" : Capital(part))
        );

    static string Capital(string word) => word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..];

    static string SaysOf(string status) =>
        status switch
        {
            "200" => "Done, or the current state.",
            "201" => "Added.",
            "202" => "Accepted; ask again to see how far it is.",
            "204" => "Gone.",
            "400" => "Something in the request is wrong; the answer names every wrong field at once.",
            "401" => "The request has no valid key, or the platform did not prove itself.",
            "403" => "This key is not allowed to do that.",
            "404" => "Nothing has that id, or nothing on record fits the request.",
            "409" => "Not allowed in the current state; the detail says why.",
            "412" => "Somebody changed it in the meantime.",
            "413" => "The body is too large.",
            "415" => "Unsupported content type.",
            "422" => "This Idempotency-Key was already used for another body.",
            "429" => "Too many requests with this key; Retry-After says when to try again.",
            "503" => "MaySend cannot answer now; try again later.",
            "507" => "There is no space for more.",
            _ => Refused,
        };

    static OpenApiResponse Refusal(OpenApiDocument? document) =>
        new()
        {
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference(ProblemAnswer.SchemaName, document),
                },
            },
        };

    static string Status(int status) => status.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
