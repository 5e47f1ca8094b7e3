using System.Text;
using MaySend.Console.Access;
using MaySend.Evidence;
using MaySend.Evidence.Store;
using MaySend.Records.Auditing;

namespace MaySend.Console.Evidence;

/// <summary>The evidence pack of one person: everything the store holds, as a page or as JSON (GDPR Art 15 and 20).</summary>
static class PersonDownloads
{
    public static void Map(WebApplication app) =>
        app.MapGet($"{ConsoleOptions.Root}/people/{{contact}}/export.{{form}}", ExportAsync)
            .RequireAuthorization(Permit.ReadPeople)
            .ExcludeFromDescription();

    static async Task<IResult> ExportAsync(
        string contact,
        string form,
        EvidenceStore store,
        HttpContext http,
        CancellationToken cancellation
    )
    {
        if (
            form is not ("json" or "html")
            || !ContactId.TryParse(contact, out var id)
            || await store.Ledger.ContactAsync(id, cancellation) is not { } found
        )
            return Results.NotFound();
        var export = await store.ExportAsync(found.Address, cancellation);
        await http.ShownAsync(Viewed.Copy, export.Contacts());
        // Always a file: the page inside it must never run as one of ours.
        return form == "json"
            ? Results.File(Encoding.UTF8.GetBytes(export.ToJson()), "application/json", "evidence.json")
            : Results.File(Encoding.UTF8.GetBytes(export.ToHtml()), "text/html; charset=utf-8", "evidence.html");
    }
}
