using MaySend.Law.Files;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Decisions.Replay;

/// <summary>
/// The law that decisions were made under, kept for as long as they may be asked about: one folder for each digest, written once and never
/// changed. Cases are not kept: they decide nothing.
/// </summary>
public sealed class LawArchive(string folder)
{
    /// <summary>The archive's name beside a store.</summary>
    public const string Name = "law-archive";

    /// <summary>Where the archive is.</summary>
    public string Folder => folder;

    /// <summary>Keeps the law of a folder, unless it is there already.</summary>
    /// <param name="lawFolder">Where it was read from.</param>
    /// <param name="digest">What it was when it was read.</param>
    /// <exception cref="IOException">It could not be written, or it is no longer what was read: then nothing may be decided by
    /// it.</exception>
    public void Keep(string lawFolder, Digest digest)
    {
        var target = FolderOf(digest);
        if (Directory.Exists(target))
            return;
        Directory.CreateDirectory(folder);
        var draft = Path.Combine(folder, $".{digest.Short}-{Path.GetRandomFileName()}");
        foreach (var (path, name) in LawReader.Files(lawFolder).Where(file => !LawReader.IsCases(file.Name)))
        {
            var copy = Path.Combine(draft, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
        // A copy has the mode of what was copied.
        OwnerOnly.CloseTree(draft);
        if (LawReader.Read(draft).Digest != digest)
        {
            Directory.Delete(draft, recursive: true);
            throw new IOException($"the law in {lawFolder} changed while it was being read; try again");
        }
        try
        {
            Directory.Move(draft, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            // Somebody else kept the same law in the meantime.
            Directory.Delete(draft, recursive: true);
        }
    }

    /// <summary>The folder of a digest, whether or not it is there.</summary>
    public string FolderOf(Digest digest) => Path.Combine(folder, digest);

    /// <summary>
    /// The folder of the law that a decision names, by its digest or by the twelve digits of older decisions; null when there is none, or
    /// more than one.
    /// </summary>
    public string? Find(string digest) => Kept(digest) is [var only] ? only : null;

    /// <summary>Reads the law that a decision names: by its digest, or by the twelve digits of older decisions where only one law has
    /// them.</summary>
    /// <exception cref="BadInputException">It is not kept here, or is no longer what it was.</exception>
    public LawBook Read(string digest)
    {
        var kept = Kept(digest);
        if (kept.Count != 1)
            throw new BadInputException(
                new Place(folder),
                kept.Count == 0 ? $"the law {digest} is not in the archive" : $"the archive holds {kept.Count} laws called {digest}",
                "restore the folder law-archive beside the store from its backup"
            );
        // As it was used, whatever is asked of law today.
        var problems = new Problems();
        var law = LawReader.Read(kept[0], problems);
        problems.ThrowIfAny();
        return law.Digest.IsNamedBy(digest)
            ? law
            : throw new BadInputException(
                new Place(kept[0]),
                $"the archived law is no longer what it was: its digest is {law.Digest}",
                "restore it from the backup"
            );
    }

    /// <summary>
    /// The folders that may hold the law: of a full digest the one of that name, else the one that was named by twelve digits; of twelve
    /// digits all that begin so.
    /// </summary>
    List<string> Kept(string digest)
    {
        if (digest.Length < Digest.ShortLength || !digest.All(char.IsAsciiHexDigitLower) || !Directory.Exists(folder))
            return [];
        if (digest.Length > Digest.ShortLength && Path.Combine(folder, digest) is var full && Directory.Exists(full))
            return [full];
        return
        [
            .. Directory
                .EnumerateDirectories(folder, digest[..Digest.ShortLength] + "*")
                .Where(path => digest.Length == Digest.ShortLength || Path.GetFileName(path).Length == Digest.ShortLength)
                .Order(StringComparer.Ordinal),
        ];
    }
}
