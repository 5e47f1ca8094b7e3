using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;

namespace MaySend.Server.OpenApi;

/// <summary>
/// Schemas of what is only ever answered, as the server writes it: nulls are left out, so a member is always there or never null. What is
/// also asked with keeps the form in which it may be sent.
/// </summary>
static class AnswerShapes
{
    const string Written = "maysend-written",
        Null = "maysend-null";

    /// <summary>Notes of a type which members are always written, and which of them as null where there is nothing.</summary>
    public static void Note(OpenApiSchema schema, JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return;
        var (written, asNull) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var member in type.Properties.Where(member => member.Get is not null))
        {
            var condition = member
                .AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: false)
                .Cast<JsonIgnoreAttribute>()
                .FirstOrDefault()
                ?.Condition;
            if (condition != JsonIgnoreCondition.WhenWritingDefault && (condition == JsonIgnoreCondition.Never || !member.IsGetNullable))
                written.Add(member.Name);
            if (condition == JsonIgnoreCondition.Never && member.IsGetNullable)
                asNull.Add(member.Name);
            // What may be null may also be left out, in a question as in an answer.
            if (member is { IsRequired: false, IsSetNullable: true })
                schema.Required?.Remove(member.Name);
        }
        schema.Metadata ??= new Dictionary<string, object>();
        (schema.Metadata[Written], schema.Metadata[Null]) = (written, asNull);
    }

    /// <summary>Shapes what no operation asks with.</summary>
    public static void Shape(OpenApiDocument document)
    {
        var schemas = document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>();
        var asked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in document.Paths.Values.SelectMany(path => path.Operations?.Values.AsEnumerable() ?? []))
        {
            foreach (var content in operation.RequestBody?.Content?.Values ?? [])
                Reach(content.Schema, schemas, asked);
            foreach (var parameter in operation.Parameters ?? [])
                Reach(parameter.Schema, schemas, asked);
        }
        foreach (var (_, schema) in schemas.Where(one => !asked.Contains(one.Key)))
            Settle(schema);
    }

    static void Reach(IOpenApiSchema? schema, IDictionary<string, IOpenApiSchema> schemas, HashSet<string> reached)
    {
        if (schema is OpenApiSchemaReference { Reference.Id: { } id })
        {
            if (reached.Add(id) && schemas.TryGetValue(id, out var target))
                Reach(target, schemas, reached);
            return;
        }
        foreach (var below in SchemaShapes.Below(schema))
            Reach(below, schemas, reached);
    }

    static void Settle(IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema own)
            return;
        if (own.Properties is { Count: > 0 } members)
        {
            var written = Noted(own, Written);
            var asNull = Noted(own, Null);
            foreach (var name in members.Keys.Where(name => !asNull.Contains(name)).ToList())
                members[name] = WithoutNull(members[name]);
            own.Required = members.Keys.Where(written.Contains).ToHashSet(StringComparer.Ordinal);
            // A later version may answer more: whoever reads it passes over what it does not know.
            own.AdditionalPropertiesAllowed = true;
        }
        foreach (var below in SchemaShapes.Below(own))
            Settle(below);
    }

    static HashSet<string> Noted(OpenApiSchema schema, string what) =>
        schema.Metadata?.TryGetValue(what, out var names) == true ? (HashSet<string>)names : [];

    static IOpenApiSchema WithoutNull(IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema own)
            return schema;
        if (own.Type is { } type)
            own.Type = type & ~JsonSchemaType.Null;
        foreach (var kinds in new[] { own.OneOf, own.AnyOf })
            if (kinds?.Where(kind => kind.Type != JsonSchemaType.Null).ToList() is [var only] && kinds.Count == 2)
                return only;
        return own;
    }
}
