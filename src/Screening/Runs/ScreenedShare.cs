using System.Collections.Immutable;
using System.Text.Json;
using MaySend.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Reading;

namespace MaySend.Screening.Runs;

/// <summary>What a machine that screened one share leaves beside its lists: enough to join it with the others.</summary>
sealed record ScreenedShare
{
    /// <summary>The file it is written to, in the folder of the lists.</summary>
    public const string FileName = "share.json";

    const string Form = "maysend-share-1";

    /// <summary>What kind of file this is.</summary>
    public string Format { get; init; } = Form;

    /// <summary>The store.</summary>
    public required string Store { get; init; }

    /// <summary>Which share, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Of how many.</summary>
    public required int Of { get; init; }

    /// <summary>The manifest of this share alone; it is not on record.</summary>
    public required AudienceScreened Manifest { get; init; }

    /// <summary>How each row of its lists is marked.</summary>
    public required string Mark { get; init; }

    /// <summary>What was counted.</summary>
    public required PartCounts Counts { get; init; }

    /// <summary>Permitted people left out of the list to send.</summary>
    public required int LeftOut { get; init; }

    /// <summary>The share.</summary>
    internal ScreeningShare Share => new(Number, Of);

    /// <summary>Writes it into the folder of its lists, when these are complete.</summary>
    internal void Write(string folder)
    {
        var path = Path.Combine(folder, FileName);
        File.WriteAllBytes($"{path}.partial", JsonSerializer.SerializeToUtf8Bytes(this, EntryJson.Options));
        File.Move($"{path}.partial", path, overwrite: true);
    }

    /// <summary>Reads it, and checks that the lists beside it are those that were written.</summary>
    /// <param name="folder">The folder of the lists.</param>
    /// <param name="problems">What is wrong is added here.</param>
    /// <returns>Null where something is wrong.</returns>
    internal static ScreenedShare? Read(string folder, Problems problems)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            problems.Add(new Place(path), "the file is missing", "a folder that `maysend screen --share` has written to the end");
            return null;
        }
        ScreenedShare? share;
        try
        {
            share = JsonSerializer.Deserialize<ScreenedShare>(File.ReadAllBytes(path), EntryJson.Options);
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or InvalidOperationException or ArgumentException)
        {
            problems.Add(new Place(path), $"this is not the file of a share: {fault.Message}");
            return null;
        }
        if (
            share is not { Format: Form, Manifest.Heads.Length: Partition.Contacts, Counts: not null, Mark: not null }
            || share.Manifest.FilesOut.Keys.Any(name => !ListWriting.Names.Contains(name))
            || ScreeningShare.Read($"{share.Number}/{share.Of}") is null
        )
        {
            problems.Add(new Place(path), "this is not the file of a share that this build can join");
            return null;
        }
        var changed = share
            .Manifest.FilesOut.Where(file => !File.Exists(Path.Combine(folder, file.Key)) || DigestOf(folder, file.Key) != file.Value)
            .Select(file => file.Key)
            .ToList();
        foreach (var name in changed)
            problems.Add(new Place(Path.Combine(folder, name)), "the list is not as the screening wrote it; screen this share again");
        return changed.Count == 0 ? share : null;
    }

    static string DigestOf(string folder, string name) => FileDigest.Of(Path.Combine(folder, name));
}
