using System.IO.Compression;
using MaySend.Console.Access;
using MaySend.Decisions.Packs;
using MaySend.Decisions.Replay;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Reading;
using MaySend.Records;
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
        CampaignsOnRecord campaigns
    )
    {
        if (!await antiforgery.IsRequestValidAsync(context))
            return Results.StatusCode(StatusCodes.Status400BadRequest);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var folder = Directory.CreateTempSubdirectory("maysend-pack-").FullName;
        OwnerOnly.CloseTree(folder);
        try
        {
            var pack = new EvidencePack(store, archive);
            var name = await WriteAsync(form, pack, store, campaigns, folder, context.RequestAborted);
            return name is null
                ? Results.LocalRedirect($"~{ConsoleOptions.Root}/requests?nothing=yes#packs")
                : await ZipAsync(folder, name);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
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
        // Deleted when it is closed, after it was sent; until then the server alone may read it.
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(Path.Combine(Path.GetTempPath(), $"maysend-{Path.GetRandomFileName()}"), options);
        await ZipFile.CreateFromDirectoryAsync(folder, file);
        file.Position = 0;
        return Results.File(file, "application/zip", name);
    }
}
