using MaySend.Evidence.Entries;

namespace MaySend.Decisions.Packs;

/// <summary>Puts the screenshots of the forms that a pack names into a folder of it, each named by its SHA-256.</summary>
static class PackScreenshots
{
    internal static async ValueTask WriteAsync(
        PackContent content,
        Func<string, ValueTask<(string Ending, byte[] Content)?>> find,
        string folder,
        CancellationToken cancellation
    )
    {
        var digests = content
            .ControllerEntries.Select(packed => packed.Entry)
            .OfType<CollectionPointVersion>()
            .Select(version => version.ScreenshotDigest)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);
        foreach (var digest in digests)
            if (await find(digest) is var (ending, octets))
            {
                Directory.CreateDirectory(folder);
                await File.WriteAllBytesAsync(Path.Combine(folder, digest + ending), octets, cancellation);
            }
    }
}
