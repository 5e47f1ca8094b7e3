using MaySend.Server.Http;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MaySend.Server.OpenApi;

/// <summary>What the code of an operation does not show: what else it reads from a request, what it answers, and how it says no.</summary>
static class OperationShapes
{
    /// <summary>Completes one operation.</summary>
    public static void Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var path = context.Description.RelativePath?.TrimEnd('/') ?? "";
        var name = $"{context.Description.HttpMethod} {path}";
        if (
            RequestExamples.Of(name) is { } example
            && operation.RequestBody?.Content is { } content
            && content.TryGetValue("application/json", out var body)
        )
            body.Example = example;
        operation.Parameters ??= [];
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var reads = metadata.OfType<RequestParameter>().ToList();
        // What a method takes as an argument is there already.
        foreach (var one in reads.Where(one => !operation.Parameters.Any(known => known.In == one.Where && known.Name == one.Name)))
            operation.Parameters.Add(
                new OpenApiParameter
                {
                    In = one.Where,
                    Name = one.Name,
                    Description = one.Says,
                    Schema = new OpenApiSchema { Type = JsonSchemaType.String },
                }
            );
        if (metadata.OfType<IAllowAnonymous>().Any())
            operation.Security = [];
        if (!path.StartsWith("v1/", StringComparison.Ordinal))
            return;
        operation.OperationId = IdOf(context.Description.HttpMethod, path);
        operation.Responses = new OpenApiResponses { ["default"] = Refusal(context.Document) };
        if (AnswerExamples.All.GetValueOrDefault(name) is not { } answer)
            return;
        operation.Responses.Add(Status(answer.Status), Answer(answer, SaysOf(answer.Status)));
        if (
            answer.Status == StatusCodes.Status201Created
            && (context.Description.HttpMethod == "PUT" || reads.Any(one => one.Name == RequestParameters.IdempotencyKey))
        )
            operation.Responses.Add(
                Status(StatusCodes.Status200OK),
                Answer(answer, "It was on record already, or took the place of what was.")
            );
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

    static string SaysOf(int status) =>
        status switch
        {
            StatusCodes.Status201Created => "Added.",
            StatusCodes.Status202Accepted => "Taken on; ask for it again to see how far it is.",
            StatusCodes.Status204NoContent => "Gone.",
            _ => "Done.",
        };

    static OpenApiResponse Answer(AnswerShown answer, string says) =>
        new()
        {
            Description = says,
            Content = answer.Type is { } type
                ? new Dictionary<string, OpenApiMediaType>
                {
                    [type] = new()
                    {
                        Schema = answer.Body is null
                            ? new OpenApiSchema { Type = JsonSchemaType.String }
                            : AnswerExamples.SchemaOf(answer.Body),
                        Example = answer.Body?.DeepClone(),
                    },
                }
                : null,
        };

    static OpenApiResponse Refusal(OpenApiDocument? document) =>
        new()
        {
            Description = "It was not done: nothing is decided, nothing is sent. Every wrong field is named at once.",
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
