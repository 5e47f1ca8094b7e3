using System.Text;
using MaySend.Console.Access;
using MaySend.Evidence;
using MaySend.Evidence.Store;
using MaySend.Records.Auditing;
using MaySend.Records.Requests;
using Microsoft.AspNetCore.Antiforgery;

namespace MaySend.Console.Requests;

/// <summary>The letters about a request, as files to print and send; what only the controller knows comes with the form.</summary>
static class RequestLetters
{
    const int Greatest = 1000;

    public static void Map(WebApplication app) =>
        app.MapPost($"{ConsoleOptions.Root}/requests/{{id}}/letter", WriteAsync)
            .RequireAuthorization(Permit.ErasePeople)
            .ExcludeFromDescription();

    static async Task<IResult> WriteAsync(
        string id,
        HttpContext context,
        IAntiforgery antiforgery,
        RightsRequests requests,
        EvidenceStore store
    )
    {
        if (!await antiforgery.IsRequestValidAsync(context))
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        if ((await requests.AllAsync(context.RequestAborted)).FirstOrDefault(one => one.Received.Id == id) is not { } request)
            return Results.StatusCode(StatusCodes.Status404NotFound);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        string Said(string field) => form[field].ToString() is { Length: <= Greatest } text ? text.Trim() : "";
        var words = new LetterWords(Said("controller"), Said("recipients"), Said("kept"), Said("contact"));
        var today = DateOnly.FromDateTime(store.Clock.GetUtcNow().UtcDateTime);
        if (form["kind"] == "receipt")
            return File(
                RequestLetter.Receipt(request, await requests.StopAsync(request, context.RequestAborted), words, today),
                "receipt.html"
            );
        // GDPR Art 15(1)(c) and (d): an answer without them is none.
        if (words.Recipients.Length == 0 || words.Kept.Length == 0)
            return Results.LocalRedirect($"~{ConsoleOptions.Root}/requests/{Uri.EscapeDataString(id)}?missing=yes#letters");
        var held =
            ContactId.TryParse(request.Received.Contact, out var contact)
            && await store.Ledger.ContactAsync(contact, context.RequestAborted) is { } known
                ? await store.ExportAsync(known.Address, context.RequestAborted)
                : null;
        await context.ShownAsync(Viewed.Letter, held is null ? [] : [contact], about: $"request {id}");
        var record = await store.ControllerAsync(cancellation: context.RequestAborted);
        return File(RequestLetter.Access(request, held, record, words, today), "answer.html");
    }

    // Always a file: the page inside it must never run as one of ours.
    static IResult File(string page, string name) => Results.File(Encoding.UTF8.GetBytes(page), "text/html; charset=utf-8", name);
}
