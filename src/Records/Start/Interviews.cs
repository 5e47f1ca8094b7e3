using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Reading;
using MaySend.Records.Screenings;

namespace MaySend.Records.Start;

/// <summary>
/// An interview that somebody began in the console: a folder of its own with the exports, and what <c>maysend start</c> writes.
/// </summary>
/// <param name="Id">Names it in addresses of pages: random, 32 hexadecimal digits.</param>
/// <param name="By">Who began it.</param>
/// <param name="At">When.</param>
/// <param name="Zone">The zone of times in the exports that give none; null where nobody said.</param>
public sealed record Interview(string Id, string By, DateTimeOffset At, string? Zone = null);

/// <summary>
/// The interviews under way on this machine. What they hold is personal data: kept where the server alone may read, for
/// <see cref="RecordsOptions.KeepScreenings"/>; whoever is erased is taken out of it, and the exports, which only whoever made them could
/// change, are then deleted: they can be brought again.
/// </summary>
public sealed class Interviews(RecordsOptions options, TimeProvider clock)
{
    /// <summary>The most interviews that are kept at a time.</summary>
    public const int Most = 20;

    const string About = "interview.json",
        FilesName = "files";

    string Root => Path.Combine(options.DataFolder, "start");

    /// <summary>Begins one; null where there is no room for another: the disk also takes people's opt-outs.</summary>
    public Interview? Begin(string by)
    {
        if (All().Count >= Most)
            return null;
        var begun = new Interview(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), by, clock.GetUtcNow());
        OwnerOnly.MakeFolder(Folder(begun));
        OwnerOnly.MakeFolder(FilesOf(begun));
        Write(begun);
        return begun;
    }

    /// <summary>Those under way, the newest first; those that are too old are deleted.</summary>
    public IReadOnlyList<Interview> All()
    {
        if (!Directory.Exists(Root))
            return [];
        var found = Directory.EnumerateDirectories(Root).Select(folder => Read(Path.GetFileName(folder))).OfType<Interview>().ToList();
        foreach (var old in found.Where(IsOld))
            Discard(old);
        return [.. found.Where(one => !IsOld(one)).OrderByDescending(one => one.At)];
    }

    /// <summary>One by its id; null where there is none.</summary>
    public Interview? Find(string id) => Read(id) is { } found && !IsOld(found) ? found : null;

    /// <summary>The folder that the interview writes: the sender's and the audience's.</summary>
    public string Folder(Interview interview) => Path.Combine(Root, interview.Id);

    /// <summary>What was answered so far.</summary>
    public StartRecord Record(Interview interview) =>
        Path.Combine(Folder(interview), StartRecord.FileName) is var path && File.Exists(path)
            ? StartRecord.Read(path)
            : new StartRecord { AskedBy = interview.By };

    /// <summary>Keeps what was answered, and writes the folder from it.</summary>
    /// <param name="interview">Which.</param>
    /// <param name="record">What was answered.</param>
    /// <param name="readsFiles">False where the answer is none by which the exports are read.</param>
    /// <exception cref="BadInputException">An export cannot be read any more.</exception>
    public void Keep(Interview interview, StartRecord record, bool readsFiles = true)
    {
        record.Write(Path.Combine(Folder(interview), StartRecord.FileName));
        if (readsFiles)
            ReadFiles(interview, record);
        StartFolder.Write(Folder(interview), record, record.SignatureOf);
        OwnerOnly.CloseTree(Folder(interview));
    }

    /// <summary>Says in which zone times without one are.</summary>
    public Interview In(Interview interview, string? zone)
    {
        var said = interview with { Zone = zone };
        Write(said);
        return said;
    }

    /// <summary>Takes an export in; one of the same name takes the place of the one before.</summary>
    /// <returns>False where there is no room for it: nothing was taken.</returns>
    public async Task<bool> BringAsync(Interview interview, Stream content, string name, CancellationToken cancellation)
    {
        if (RoomTaken.By(Root) + content.Length > options.GreatestStagedImports)
            return false;
        OwnerOnly.MakeFolder(FilesOf(interview));
        var path = Path.Combine(FilesOf(interview), Harmless(name));
        await using (var target = OwnerOnly.Open(path + ".partial", FileMode.Create, FileAccess.Write))
            await content.CopyToAsync(target, cancellation);
        File.Move(path + ".partial", path, overwrite: true);
        return true;
    }

    /// <summary>Lets an export go.</summary>
    public void Drop(Interview interview, string name)
    {
        if (Names(interview).Contains(name))
            File.Delete(Path.Combine(FilesOf(interview), name));
    }

    /// <summary>The exports by their names.</summary>
    public IReadOnlyList<string> Names(Interview interview) =>
        Directory.Exists(FilesOf(interview))
            ?
            [
                .. Directory
                    .EnumerateFiles(FilesOf(interview))
                    .Select(path => Path.GetFileName(path))
                    .Where(name => !name.EndsWith(".partial", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    /// <summary>How an export is best read, with what was answered about it.</summary>
    /// <exception cref="BadInputException">It is no export that is known, or cannot be read at all.</exception>
    public StartFile Propose(Interview interview, StartRecord record, string name) =>
        StartIntake.Propose(Path.Combine(FilesOf(interview), name), record, ZoneOf(interview), Imports.StagedImports.GreatestUnpacked);

    /// <summary>Reads the exports into the audience's folder; without any, what was read before stays.</summary>
    void ReadFiles(Interview interview, StartRecord record)
    {
        var brought = Names(interview).Select(name => Propose(interview, record, name)).ToList();
        if (brought.Count > 0)
            StartIntake.Write(brought, record, Folder(interview));
    }

    /// <summary>Deletes one with everything in it.</summary>
    public void Discard(Interview interview)
    {
        if (Directory.Exists(Folder(interview)))
            Directory.Delete(Folder(interview), recursive: true);
    }

    /// <summary>Takes people out of every interview.</summary>
    /// <returns>How many rows were taken out.</returns>
    public int Forget(IReadOnlyCollection<Address> addresses) => Forget(Root, addresses);

    /// <summary>The same for whoever erases beside the server.</summary>
    /// <param name="dataFolder">The server's data folder.</param>
    /// <param name="addresses">Whose.</param>
    public static int ForgetBeside(string dataFolder, IReadOnlyCollection<Address> addresses) =>
        Forget(Path.Combine(dataFolder, "start"), addresses);

    static int Forget(string root, IReadOnlyCollection<Address> addresses)
    {
        if (!Directory.Exists(root))
            return 0;
        foreach (var folder in Directory.EnumerateDirectories(root))
            if (Path.Combine(folder, FilesName) is var files && Directory.Exists(files))
                Directory.Delete(files, recursive: true);
        return ScreeningLists.Forget(root, addresses);
    }

    bool IsOld(Interview interview) => clock.GetUtcNow() - interview.At > options.KeepScreenings;

    static TimeZoneInfo? ZoneOf(Interview interview) =>
        interview.Zone is { } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found : null;

    string FilesOf(Interview interview) => Path.Combine(Folder(interview), FilesName);

    void Write(Interview interview) => OwnerOnly.WriteText(Path.Combine(Folder(interview), About), JsonSerializer.Serialize(interview));

    Interview? Read(string id)
    {
        try
        {
            return id.Length == 32 && id.All(char.IsAsciiHexDigitLower)
                ? JsonSerializer.Deserialize<Interview>(File.ReadAllBytes(Path.Combine(Root, id, About)))
                : null;
        }
        catch (Exception fault) when (fault is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The name without folders and without anything that a file system or a page could take for more than letters.</summary>
    static string Harmless(string name) => MaySend.Records.Imports.StagedImports.Harmless(name);
}
