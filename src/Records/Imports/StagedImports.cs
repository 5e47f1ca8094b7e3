using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using MaySend.Reading;
using Sylvan.Data.Csv;

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
/// as they are imported or thrown away, and after a day in any case.
/// </summary>
public sealed class StagedImports(RecordsOptions options, TimeProvider clock)
{
    /// <summary>How long a file is kept that nobody goes on with.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    const int GreatestName = 120;
    const string About = "staged.json";

    string Folder => Path.Combine(options.DataFolder, "imports");

    /// <summary>Takes a file in.</summary>
    /// <param name="content">What it holds.</param>
    /// <param name="name">What it is called, as the client says.</param>
    /// <param name="by">Who brings it.</param>
    /// <param name="cancellation">Stops it; nothing stays.</param>
    public async Task<StagedImport> TakeAsync(Stream content, string name, string by, CancellationToken cancellation = default)
    {
        var staged = new StagedImport(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            Harmless(name),
            by,
            clock.GetUtcNow(),
            ImmutableSortedDictionary<string, string>.Empty
        );
        OwnerOnly.MakeFolder(FolderOf(staged.Id));
        try
        {
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
    }

    /// <summary>Those that wait, the newest first; those that waited too long are deleted.</summary>
    public IReadOnlyList<StagedImport> All()
    {
        if (!Directory.Exists(Folder))
            return [];
        var found = Directory.EnumerateDirectories(Folder).Select(Path.GetFileName).Select(id => Read(id!)).ToList();
        foreach (var old in found.Where(one => one is not null && clock.GetUtcNow() - one.At > Kept))
            Discard(old!.Id);
        return [.. found.OfType<StagedImport>().Where(one => clock.GetUtcNow() - one.At <= Kept).OrderByDescending(one => one.At)];
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

    /// <summary>The names in the first row, as far as it can be read as text; empty where it cannot.</summary>
    public IReadOnlyList<string> Header(StagedImport staged)
    {
        try
        {
            using var text = new StreamReader(PathOf(staged));
            using var csv = CsvDataReader.Create(text, new CsvDataReaderOptions { MaxBufferSize = 1 << 20 });
            return
            [
                .. Enumerable
                    .Range(0, csv.FieldCount)
                    .Select(csv.GetName)
                    .Where(name => name.Length is > 0 and < 200 && !name.Any(char.IsControl)),
            ];
        }
        catch (Exception fault) when (fault is CsvFormatException or IOException or InvalidDataException or ArgumentException)
        {
            return [];
        }
    }

    /// <summary>Deletes a file and what was chosen about it.</summary>
    public void Discard(string id)
    {
        if (IsId(id) && Directory.Exists(FolderOf(id)))
            Directory.Delete(FolderOf(id), recursive: true);
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
    static string Harmless(string name)
    {
        var last = name.Split('/', '\\')[^1];
        var kept = new string([.. last.Where(c => char.IsLetterOrDigit(c) || c is '.' or '-' or '_' or ' ')]).TrimStart('.', ' ');
        if (kept.Length > GreatestName)
            kept = kept[^GreatestName..];
        return kept.Length == 0 || kept == About ? "file.csv" : kept;
    }
}
