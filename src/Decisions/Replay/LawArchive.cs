using MaySend.Law.Files;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Decisions.Replay;

/// <summary>
/// The law that decisions were made under, kept for as long as they may be asked about: one folder for each digest, written once and never
/// changed.
/// Cases are not kept: they decide nothing.
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
    public void Keep(string lawFolder, string digest)
    {
        var target = FolderOf(digest);
        if (Directory.Exists(target))
            return;
        Directory.CreateDirectory(folder);
        var draft = Path.Combine(folder, $".{digest}-{Path.GetRandomFileName()}");
        foreach (var (path, name) in LawReader.Files(lawFolder).Where(file => !LawReader.IsCases(file.Name)))
        {
            var copy = Path.Combine(draft, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
        if (LawReader.Read(draft).Digest != digest)
        {
            Directory.Delete(draft, recursive: true);
            throw new IOException($"the law in {lawFolder} changed while it was being read; ask again");
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
    public string FolderOf(string digest) => Path.Combine(folder, digest);

    /// <summary>True when law with this digest is kept.</summary>
    public bool Has(string digest) => digest.All(char.IsAsciiLetterOrDigit) && Directory.Exists(FolderOf(digest));

    /// <summary>Reads the law of a digest.</summary>
    /// <exception cref="BadInputException">It is not kept here, or is no longer what it was.</exception>
    public LawBook Read(string digest)
    {
        if (!Has(digest))
            throw new BadInputException(
                new Place(folder),
                $"the law {digest} is not in the archive",
                "restore the folder law-archive beside the store from its backup"
            );
        // As it was used, whatever is asked of law today.
        var problems = new Problems();
        var law = LawReader.Read(FolderOf(digest), problems);
        problems.ThrowIfAny();
        return law.Digest == digest
            ? law
            : throw new BadInputException(
                new Place(FolderOf(digest)),
                $"the archived law is no longer what it was: its digest is {law.Digest}",
                "restore it from the backup"
            );
    }
}
