using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MaySend.Reading;

namespace MaySend.Records.Imports;

/// <summary>A file that somebody brought and that is being looked at; nothing of it is on record yet.</summary>
/// <param name="Id">Names it in addresses of pages: random, 32 hexadecimal digits.</param>
/// <param name="FileName">What it was called: a name that speaks of opt-outs is a question.</param>
/// <param name="By">Who brought it.</param>
/// <param name="At">When.</param>
/// <param name="Choices">What was chosen about how it is read, by field; several words of a field stand on lines of their own.</param>
public sealed record StagedImport(
    string Id,
    string FileName,
    string By,
    DateTimeOffset At,
    ImmutableSortedDictionary<string, string> Choices
);

/// <summary>
/// Files that are being looked at before they are imported. They are personal data: kept where the server alone may read, and gone as soon
/// as they are imported or thrown away, and after a day in any case. There is room for a few of them only.
/// </summary>
public sealed class StagedImports(RecordsOptions options, TimeProvider clock) : IDisposable
{
    /// <summary>How long a file is kept that nobody goes on with.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>How many files may be looked at at once, by all together.</summary>
    public const int MostFiles = 40;

    /// <summary>What they may unpack to, each; whoever brings more uses the command line.</summary>
    public const long GreatestUnpacked = 1L << 30;

    /// <summary>The longest name, in octets: what a file system takes, with room for what stands beside it.</summary>
    const int GreatestName = 196;
    const string About = "staged.json";

    // One after another, so that two who come at once are counted both.
    readonly SemaphoreSlim taking = new(1, 1);
    readonly SemaphoreSlim reading = new(2, 2);

    string Folder => Path.Combine(options.DataFolder, "imports");

    /// <summary>Takes a file in.</summary>
    /// <param name="content">What it holds.</param>
    /// <param name="name">What it is called, as the client says.</param>
    /// <param name="by">Who brings it.</param>
    /// <param name="cancellation">Stops it; nothing stays.</param>
    /// <returns>Null while as many files, or as much in all, are being looked at as there may be.</returns>
    public async Task<StagedImport?> TakeAsync(Stream content, string name, string by, CancellationToken cancellation = default)
    {
        var staged = new StagedImport(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            Harmless(name),
            by,
            clock.GetUtcNow(),
            ImmutableSortedDictionary<string, string>.Empty
        );
        await taking.WaitAsync(cancellation);
        try
        {
            Tidy();
            var (files, octets) = Held();
            if (files >= MostFiles || octets + content.Length > options.GreatestStagedImports)
                return null;
            OwnerOnly.MakeFolder(FolderOf(staged.Id));
            await using (var target = OwnerOnly.Open(PathOf(staged), FileMode.CreateNew, FileAccess.Write))
                await content.CopyToAsync(target, cancellation);
            Write(staged);
            return staged;
        }
        catch
        {
            Discard(staged.Id);
            throw;
        }
        finally
        {
            taking.Release();
        }
    }

    /// <summary>Reads files for two people at a time: one may unpack to much, and is held in memory while it is compared.</summary>
    /// <param name="read">What is done meanwhile.</param>
    /// <param name="cancellation">Stops the wait for a turn.</param>
    public async Task<T> ReadAsync<T>(Func<Task<T>> read, CancellationToken cancellation = default)
    {
        await reading.WaitAsync(cancellation);
        try
        {
            return await read();
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>Deletes what was kept for long enough, and what a server left behind that was stopped while a file came in.</summary>
    public void Tidy()
    {
        foreach (var id in Ids())
            if (clock.GetUtcNow() - (Read(id)?.At ?? Directory.GetLastWriteTimeUtc(FolderOf(id))) > Kept)
                Discard(id);
    }

    /// <summary>Those that wait, the newest first; those that waited too long are deleted.</summary>
    public IReadOnlyList<StagedImport> All()
    {
        Tidy();
        return [.. Ids().Select(Read).OfType<StagedImport>().OrderByDescending(one => one.At)];
    }

    /// <summary>One by its id; null where there is none.</summary>
    public StagedImport? Find(string id) => All().FirstOrDefault(one => one.Id == id);

    /// <summary>Keeps what was chosen.</summary>
    public StagedImport Choose(StagedImport staged, ImmutableSortedDictionary<string, string> choices)
    {
        var chosen = staged with { Choices = choices };
        Write(chosen);
        return chosen;
    }

    /// <summary>Where the file lies.</summary>
    public string PathOf(StagedImport staged) => Path.Combine(FolderOf(staged.Id), staged.FileName);

    /// <summary>Deletes a file and what was chosen about it.</summary>
    public void Discard(string id)
    {
        if (IsId(id) && Directory.Exists(FolderOf(id)))
            Directory.Delete(FolderOf(id), recursive: true);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        taking.Dispose();
        reading.Dispose();
    }

    List<string> Ids() =>
        Directory.Exists(Folder) ? [.. Directory.EnumerateDirectories(Folder).Select(path => Path.GetFileName(path)).Where(IsId)] : [];

    /// <summary>How many files there are, whole or not, and how much they take of the disk.</summary>
    (int Files, long Octets) Held()
    {
        var ids = Ids();
        return (ids.Count, ids.Sum(id => new DirectoryInfo(FolderOf(id)).EnumerateFiles().Sum(file => file.Length)));
    }

    StagedImport? Read(string id)
    {
        try
        {
            return IsId(id) ? JsonSerializer.Deserialize<StagedImport>(File.ReadAllBytes(Path.Combine(FolderOf(id), About))) : null;
        }
        catch (Exception fault) when (fault is IOException or JsonException or UnauthorizedAccessException)
        {
            // Half a file, of a server that was stopped while it came in.
            return null;
        }
    }

    void Write(StagedImport staged) => OwnerOnly.WriteText(Path.Combine(FolderOf(staged.Id), About), JsonSerializer.Serialize(staged));

    string FolderOf(string id) => Path.Combine(Folder, id);

    static bool IsId(string id) => id.Length == 32 && id.All(char.IsAsciiHexDigitLower);

    /// <summary>The name without folders and without anything that a file system or a page could take for more than letters.</summary>
    internal static string Harmless(string name)
    {
        var last = name.Split('/', '\\')[^1];
        var kept = string.Concat(last.EnumerateRunes().Where(c => Rune.IsLetterOrDigit(c) || c.Value is '.' or '-' or '_' or ' ')).Trim();
        // Its end says what it is. A letter may take four octets, and none is cut in two.
        while (Encoding.UTF8.GetByteCount(kept) > GreatestName)
            kept = kept[(char.IsHighSurrogate(kept[0]) ? 2 : 1)..];
        if (kept.StartsWith('.'))
            kept = $"file{kept}";
        return kept.Length == 0 || kept == About ? "file.csv" : kept;
    }
}
