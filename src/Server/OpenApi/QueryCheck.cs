using System.Collections.Frozen;
using MaySend.Reading;
using MaySend.Server.Http;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.OpenApi;

namespace MaySend.Server.OpenApi;

/// <summary>An operation whose query is held against what its description says that it reads.</summary>
sealed record DescribedQuery;

/// <summary>
/// Refuses query parameters that an operation does not have, before it does anything: whoever writes <c>?preveiw=true</c> means a preview.
/// What an operation reads is taken from where its description takes it, so that the two cannot differ.
/// </summary>
sealed class QueryCheck(IApiDescriptionGroupCollectionProvider described)
{
    readonly Lazy<FrozenDictionary<string, QueryNames>> known = new(() =>
        described
            .ApiDescriptionGroups.Items.SelectMany(group => group.Items)
            .ToFrozenDictionary(OperationShapes.NameOf, QueryNames.Of, StringComparer.Ordinal)
    );

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.Request.QueryString.HasValue || FaultsOf(context) is not { Count: > 0 } faults)
            return next(context);
        if (context.GetEndpoint()!.Metadata.GetMetadata<RecordedStops>() is null)
            return ProblemAnswer.Fields(faults).ExecuteAsync(context);
        context.Features.Set(new QueryFaults(faults));
        return next(context);
    }

    IReadOnlyList<FieldProblem> FaultsOf(HttpContext context) =>
        context.GetEndpoint() is RouteEndpoint endpoint && endpoint.Metadata.GetMetadata<DescribedQuery>() is not null
            ? (known.Value.GetValueOrDefault(NameOf(endpoint)) ?? QueryNames.None).Faults(context.Request.Query)
            : [];

    static string NameOf(RouteEndpoint endpoint) =>
        OperationShapes.NameOf(endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods[0], endpoint.RoutePattern.RawText);
}

/// <summary>The query parameters of one operation.</summary>
sealed class QueryNames
{
    public static readonly QueryNames None = new([], []);

    readonly FrozenSet<string> names;
    readonly FrozenDictionary<string, RequestParameter> declared;

    QueryNames(IEnumerable<string> names, IEnumerable<RequestParameter> declared) =>
        (this.names, this.declared) = (
            names.ToFrozenSet(StringComparer.OrdinalIgnoreCase),
            declared.ToFrozenDictionary(one => one.Name, StringComparer.OrdinalIgnoreCase)
        );

    /// <summary>Those that a method takes as arguments, and those said where the operation is mapped.</summary>
    public static QueryNames Of(ApiDescription operation)
    {
        var declared = InQuery(operation.ActionDescriptor.EndpointMetadata);
        return new(
            [
                .. operation.ParameterDescriptions.Where(one => one.Source == BindingSource.Query).Select(one => one.Name),
                .. declared.Select(one => one.Name),
            ],
            declared
        );
    }

    /// <summary>Those said where the operation is mapped, which a form may give as fields as well.</summary>
    public static QueryNames Of(HttpContext context)
    {
        var declared = InQuery(context.GetEndpoint()?.Metadata ?? []);
        return new(declared.Select(one => one.Name), declared);
    }

    /// <summary>What is wrong with names and values as they were sent, all at once.</summary>
    public IReadOnlyList<FieldProblem> Faults(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> sent)
    {
        var faults = new List<FieldProblem>();
        foreach (var (name, values) in sent)
        {
            var parameter = declared.GetValueOrDefault(name);
            if (!names.Contains(name))
                faults.Add(new(Spelling.Short(name), "is not a known parameter", Help(Spelling.Short(name))));
            else if (values.Count > 1 && parameter is not { IsMany: true })
                faults.Add(new(name, "is given more than once", "give it once"));
            // Of a few words, none is no answer: `?preview` is not `preview=false`.
            else if (parameter is { Words.Count: > 0 } && values.ToString().Length == 0)
                faults.Add(new(name, "is blank", $"one of {string.Join(", ", parameter.Words)}"));
        }
        return faults;
    }

    string Help(string name) =>
        names.Count switch
        {
            0 => "leave it out: nothing is read from the query here",
            1 => $"did you mean {names.Items[0]}?",
            _ => $"did you mean {Spelling.Near(name, names, most: 1).First()}? One of "
                + string.Join(", ", names.Order(StringComparer.Ordinal)),
        };

    static List<RequestParameter> InQuery(IEnumerable<object> metadata) =>
        [.. metadata.OfType<RequestParameter>().Where(one => one.Where == ParameterLocation.Query)];
}
