using MaySend.Server.Api.Bodies;
using MaySend.Server.Http;
using MaySend.Server.OpenApi;
using Microsoft.AspNetCore.Http.Features;

namespace MaySend.Server.Api;

/// <summary>Reads what a screening is asked for: JSON, a list, or lists in a form.</summary>
static class ScreeningUpload
{
    /// <summary>What is asked, and the lists that came with it; null where everyone in the store is meant.</summary>
    /// <exception cref="ProblemException">Something is wrong with it.</exception>
    public static async Task<(ScreeningAsked Asked, List<(string Name, Func<Stream, Task> CopyAsync)>? Files)> ReadAsync(
        HttpContext context,
        ServerOptions options
    )
    {
        var request = context.Request;
        if (request.HasJsonContentType())
            return (
                await JsonBody.ReadAsync<ScreeningAsked>(
                    request,
                    (_, mistakes) =>
                    {
                        foreach (var name in request.Query.Keys)
                            mistakes.Add(name, "is in the query, and the body is JSON", "put it into the body");
                    }
                ),
                null
            );
        context.AllowBody(options.GreatestUpload);
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(
                new FormOptions { MultipartBodyLengthLimit = options.GreatestUpload, BufferBodyLengthLimit = options.GreatestUpload },
                context.RequestAborted
            );
            // What goes beside the lists may be in the query or in fields, and is misspelt in either.
            if (QueryNames.Of(context).Faults(form) is { Count: > 0 } faults)
                throw new ProblemException(ProblemAnswer.Fields(faults));
            return (
                ScreeningAsked.Beside(name => InForm(name, form, request)),
                [
                    .. form.Files.Select(file =>
                        (file.FileName, (Func<Stream, Task>)(target => file.CopyToAsync(target, context.RequestAborted)))
                    ),
                ]
            );
        }
        if (request.ContentType?.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) != true)
            throw new ProblemException(
                ProblemAnswer.Of(415, "Unsupported content type", "Send application/json, text/csv or multipart/form-data.")
            );
        return (
            ScreeningAsked.Beside(name => request.Query[name].ToString()),
            [("people.csv", target => request.Body.CopyToAsync(target, context.RequestAborted))]
        );
    }

    /// <summary>What is asked beside lists in a form: in its fields, or in the query.</summary>
    static string InForm(string name, IFormCollection form, HttpRequest request)
    {
        var (field, query) = (form[name].ToString(), request.Query[name].ToString());
        if (field.Length > 0 && query.Length > 0 && field != query)
            throw new ProblemException(ProblemAnswer.Fields(new FieldProblem(name, "differs between the form and the query")));
        return field.Length > 0 ? field : query;
    }
}
