using System.Text.Json;
using MaySend.Server.Http;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace MaySend.Server.OpenApi;

/// <summary>
/// The API's own description: OpenAPI 3.1 at <c>/openapi/v1.json</c>, browsable at <c>/docs</c>. Nothing is loaded from elsewhere.
/// </summary>
static class OpenApiHosting
{
    /// <summary>Registers it; <paramref name="question"/> is the name of the schema of a question for a decision.</summary>
    public static void AddDescription(this WebApplicationBuilder builder, string question) =>
        builder
            .Services.ConfigureHttpJsonOptions(http => Json.Configure(http.SerializerOptions))
            .AddOpenApi(
                "v1",
                openApi =>
                {
                    openApi.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                    openApi.CreateSchemaReferenceId = type =>
                        type.Type == typeof(JsonElement) ? null
                        : type.Type == typeof(ProblemAnswer) ? ProblemAnswer.SchemaName
                        : type.Type == typeof(Page<string>) ? "PageOfText"
                        : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
                    openApi.AddSchemaTransformer(
                        (schema, context, _) =>
                        {
                            SchemaShapes.Shape(schema, context);
                            return Task.CompletedTask;
                        }
                    );
                    openApi.AddOperationTransformer(OperationShapes.CompleteAsync);
                    openApi.AddDocumentTransformer(
                        (document, _, _) =>
                        {
                            document.Info = new OpenApiInfo
                            {
                                Title = "MaySend",
                                Version = "v1",
                                Description =
                                    "May this message go to this person, and may their data be used for it? Only `send: true` lets a "
                                    + "message out; every error and every time-out means no. It is not legal advice.",
                            };
                            document.Components ??= new OpenApiComponents();
                            foreach (var schema in document.Components.Schemas?.Values ?? [])
                                Describe(schema);
                            SchemaShapes.ShapeQuestion(document, question);
                            AnswerShapes.Shape(document);
                            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
                            document.Components.SecuritySchemes["key"] = new OpenApiSecurityScheme
                            {
                                Type = SecuritySchemeType.Http,
                                Scheme = "bearer",
                                Description = "An API key: ms_...",
                            };
                            document.Security =
                            [
                                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] },
                            ];
                            return Task.CompletedTask;
                        }
                    );
                }
            );

    /// <summary>Holds each query against what the description says of it.</summary>
    public static void UseQueryCheck(this WebApplication app) =>
        app.Use(new QueryCheck(app.Services.GetRequiredService<IApiDescriptionGroupCollectionProvider>()).InvokeAsync);

    static void Describe(IOpenApiSchema schema)
    {
        schema.Description = SchemaShapes.Plain(schema.Description);
        // The framework does not look into lists that may be null.
        if (schema is OpenApiSchema { Type: null, Enum.Count: > 0 } words)
            words.Type = JsonSchemaType.String;
        // What a reference leads to has its own turn.
        foreach (var below in SchemaShapes.Below(schema))
            Describe(below);
    }

    public static void MapDescription(this WebApplication app)
    {
        app.MapOpenApi();
        var pages = app.MapScalarApiReference(
            "/docs",
            scalar =>
            {
                // What the package offers beside the reading of the document calls its maker's services.
                scalar
                    .WithTitle("MaySend API")
                    .DisableDefaultFonts()
                    .DisableTelemetry()
                    .HideDeveloperTools()
                    .DisableAgent()
                    .DisableMcp()
                    .HideClientButton();
            }
        );
        // The reader is a script of the package, served from here; it styles itself and fetches the document from here.
        pages.AddEndpointFilter(
            async (invocation, next) =>
            {
                invocation.HttpContext.Response.Headers.ContentSecurityPolicy =
                    "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
                    + "font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'";
                return await next(invocation);
            }
        );
    }
}
