using MaySend.Console.Access;
using MaySend.Records.Attaching;

namespace MaySend.Console.Evidence;

/// <summary>Attached files: for people who read evidence, always as a file, and pictures of forms as pictures.</summary>
static class AttachmentDownloads
{
    public static void Map(WebApplication app)
    {
        app.MapGet($"{ConsoleOptions.Root}/attachments/{{id}}", FileAsync)
            .RequireAuthorization(Permit.ReadEvidence)
            .ExcludeFromDescription();
        app.MapGet($"{ConsoleOptions.Root}/points/screenshots/{{digest}}", PictureAsync)
            .RequireAuthorization(Permit.ReadEvidence)
            .ExcludeFromDescription();
    }

    /// <summary>Whatever is in it, a browser only keeps it: what somebody brought must never run as one of our pages.</summary>
    static async Task<IResult> FileAsync(string id, Attachments attachments, CancellationToken cancellation) =>
        await attachments.FindAsync(id, cancellation) is { } file && attachments.Read(file) is { } octets
            ? Results.File(octets, "application/octet-stream", file.Name)
            : Results.NotFound();

    /// <summary>A screenshot as a picture; of another kind, as a PDF, a file.</summary>
    static async Task<IResult> PictureAsync(string digest, Attachments attachments, CancellationToken cancellation)
    {
        if (await attachments.WithDigestAsync(digest, cancellation) is not { } file || attachments.Read(file) is not { } octets)
            return Results.NotFound();
        return FileKinds.PictureType(file.Name, octets) is { } picture
            ? Results.File(octets, picture)
            : Results.File(octets, "application/octet-stream", file.Name);
    }
}
