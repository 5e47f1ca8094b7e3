using System.IO.Compression;
using MaySend.Console.Access;
using MaySend.Decisions.Packs;
using MaySend.Decisions.Replay;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Reading;
using MaySend.Records;
using MaySend.Records.Attaching;
using MaySend.Records.Auditing;
using Microsoft.AspNetCore.Antiforgery;

namespace MaySend.Console.Requests;

/// <summary>
/// What a regulator asks for, as one ZIP that can be checked without this server (<c>maysend evidence-pack check</c>): about a person, a
/// campaign, or every campaign that was decided for a day.
/// </summary>
static class PackDownloads
{
    public static void Map(WebApplication app) =>
        app.MapPost($"{ConsoleOptions.Root}/packs", PackAsync).RequireAuthorization(Permit.ReadPeople).ExcludeFromDescription();

    static async Task<IResult> PackAsync(
        HttpContext context,
        IAntiforgery antiforgery,
        EvidenceStore store,
        LawArchive archive,
        CampaignsOnRecord campaigns,
        Attachments attachments
    )
    {
        if (!await antiforgery.IsRequestValidAsync(context))
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var folder = Directory.CreateTempSubdirectory("maysend-pack-").FullName;
        OwnerOnly.CloseTree(folder);
        try
        {
            var pack = new EvidencePack(store, archive) { Screenshot = attachments.ScreenshotAsync };
            var name = await WriteAsync(form, pack, store, campaigns, folder, context.RequestAborted);
            if (name is not null)
                await NoteAsync(context, form, store);
            return name is null
                ? Results.LocalRedirect($"~{ConsoleOptions.Root}/requests?nothing=yes#packs")
                : await ZipAsync(folder, name);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>A pack of a person names that person; of a campaign or a day, how many it holds decisions about is in the pack.</summary>
    static async Task NoteAsync(HttpContext context, IFormCollection form, EvidenceStore store)
    {
        var about = form["about"].ToString();
        if (about == "person" && Address.Read(form["address"]).Address is { } address)
            await context.ShownAsync(Viewed.Pack, (await store.FindAsync(address)).Contact is { } known ? [known] : []);
        else
            await context.ShownAsync(Viewed.Pack, about: $"{about} {form[about]}");
    }

    /// <summary>Writes what was asked for; null where nothing of it is on record.</summary>
    static async Task<string?> WriteAsync(
        IFormCollection form,
        EvidencePack pack,
        EvidenceStore store,
        CampaignsOnRecord campaigns,
        string folder,
        CancellationToken cancellation
    )
    {
        var record = await store.ControllerAsync(cancellation: cancellation);
        switch (form["about"].ToString())
        {
            case "person" when Address.Read(form["address"]).Address is { } address:
                await pack.OfPersonAsync(address, Path.Combine(folder, "pack"), cancellation);
                return "person.zip";
            case "campaign" when record.Campaign(form["campaign"].ToString()) is { } campaign:
                await pack.OfCampaignAsync(campaign.Id, Path.Combine(folder, "pack"), cancellation);
                return "campaign.zip";
            case "day" when Format.ReadDay(form["day"]) is { } day:
                var screened = (await store.ControllerEntriesAsync(cancellation: cancellation))
                    .Select(one => one.Entry)
                    .OfType<AudienceScreened>()
                    .Where(one => one.Day == day)
                    .Select(one => one.Campaign);
                var about = (await campaigns.AllAsync(cancellation))
                    .Where(one => one.Has(day))
                    .Select(one => one.Id)
                    .Concat(screened)
                    .Distinct(StringComparer.Ordinal)
                    .Where(id => record.Campaign(id) is not null)
                    .ToList();
                foreach (var (number, id) in about.Index())
                    await pack.OfCampaignAsync(id, Path.Combine(folder, Named(number, id)), cancellation);
                return about.Count == 0 ? null : $"{Format.IsoDay(day)}.zip";
            default:
                return null;
        }
    }

    static string Named(int number, string id) =>
        $"{number + 1}-{new string([.. id.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_').Take(60)])}";

    static async Task<IResult> ZipAsync(string folder, string name)
    {
        var file = OwnerOnly.OpenPassing();
        await ZipFile.CreateFromDirectoryAsync(folder, file);
        file.Position = 0;
        return Results.File(file, "application/zip", name);
    }
}
