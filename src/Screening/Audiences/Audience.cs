using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Tables;
using MaySend.Reading;

namespace MaySend.Screening.Audiences;

/// <summary>
/// An audience that was read through once and found good. People are given one by one; memory is bounded by what the companion files of one
/// share hold: small files are kept as read, large ones are dealt out by address into shares on disk and read again share by share. Rows
/// with the same address are one person: requests to stop are joined, and other values that conflict show nothing.
/// </summary>
public sealed partial class Audience : IDisposable
{
    const long ShareBytes = 48L << 20,
        TableBytes = 1L << 30;

    /// <summary>A processor deals so many bytes at a time: few and large pieces are written to many shares.</summary>
    const int DealtPieces = 8 << 20;

    readonly bool hasRefusals;
    readonly IReadOnlyList<Share> shares;
    readonly string? folder;
    readonly AudienceFiles files;
    readonly RequestFindings findings;
    readonly RowsAside aside;
    readonly EvidenceTables? tables;
    WholeDomains domains = new();
    Kept? kept;

    readonly ProductMap? map;

    Audience(
        IReadOnlyList<Share> shares,
        string? folder,
        AudienceFiles files,
        string header,
        char delimiter,
        RequestFindings findings,
        RowsAside aside,
        EvidenceTables? tables = null,
        ProductMap? map = null
    ) =>
        (this.shares, this.folder, this.files, hasRefusals, HeaderLine, Delimiter, this.findings, this.aside, this.tables, this.map) = (
            shares,
            folder,
            files,
            files.HasRefusals,
            header,
            delimiter,
            findings,
            aside,
            tables,
            map
        );

    /// <summary>The header of the people file as one line.</summary>
    public string HeaderLine { get; }

    /// <summary>The character between its fields.</summary>
    public char Delimiter { get; }

    /// <summary>Rows in the people file, but those of people of whom a row was set aside: nobody decides about these.</summary>
    public int Rows => RowsRead - rowsAside;

    /// <summary>Rows of which somebody could not be read, in whatever file: everybody they are about is left out.</summary>
    public int SetAside => aside.Count;

    int RowsRead { get; init; }

    int rowsAside;

    /// <summary>Rows whose address stood in an earlier row.</summary>
    public int Duplicates { get; private set; }

    /// <summary>Things worth knowing that are not wrong: columns that are not used, companion rows about nobody in the list.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>
    /// The controller's record as far as these files bear it out: where no register of refusals is among them, a signed statement that the
    /// register is complete shows nothing.
    /// </summary>
    public ControllerRecord BorneOut(ControllerRecord controller) =>
        hasRefusals ? controller : controller.Without(StatementKind.RefusalsComplete);

    /// <summary>
    /// What is worth knowing about the files' requests to stop: names that nobody on record bears, a register that may begin later than was
    /// said.
    /// </summary>
    public IEnumerable<string> AboutRequests(ControllerRecord controller, Campaign campaign) => findings.Say(controller, campaign);

    /// <summary>Reads every file through, and notes everything that is wrong with any row.</summary>
    /// <param name="files">The files.</param>
    /// <param name="problems">Where problems go.</param>
    /// <param name="progress">Gets the kind of file and the number of its rows read so far.</param>
    /// <param name="shareBytes">The most that the companion files of one share should hold.</param>
    /// <param name="shareFolder">A new folder for the shares, which goes with the audience; one that only this user reads, among the
    /// machine's temporary files, when left out.</param>
    /// <param name="map">The product map in force where the audience is for one campaign: lists of goods are then kept only as what they
    /// are by it.</param>
    /// <returns>The audience; null when anything was noted.</returns>
    public static Audience? Open(
        AudienceFiles files,
        Problems problems,
        Action<string, long>? progress = null,
        long shareBytes = ShareBytes,
        string? shareFolder = null,
        ProductMap? map = null
    )
    {
        var bytes = files
            .Companions.Where(companion => File.Exists(companion.Path))
            .Sum(companion => new FileInfo(companion.Path).Length * (companion.Path.EndsWith(".gz", StringComparison.Ordinal) ? 8 : 1));
        if (
            bytes <= (shareBytes == ShareBytes ? TableBytes : shareBytes)
            && problems.IsEmpty
            && InTables(files, map, progress) is { } inTables
        )
            return inTables;
        var count = (int)Math.Clamp((bytes + shareBytes - 1) / shareBytes, 1, 256);
        var folder =
            count == 1
                ? null
                : (shareFolder is null ? Directory.CreateTempSubdirectory("maysend-") : Directory.CreateDirectory(shareFolder)).FullName;
        if (
            folder is not null
            && problems.IsEmpty
            && InShares(files, map, folder, count, (int)Math.Min(DealtPieces, shareBytes), progress) is { } inShares
        )
            return inShares;
        var notes = new List<string>();
        var header = "";
        var delimiter = ',';
        var rows = 0;
        var (findings, unread) = (new RequestFindings(), new UnreadColumns());
        var aside = new RowsAside(files);
        UnreadNotes.AskAboutName(files, problems);
        var dealer = folder is null ? null : new ShareFiles(count, folder);
        var domains = new WholeDomains();
        var kept = folder is null ? new Kept(domains) : null;
        foreach (var (kind, path) in files.Companions.Prepend((CompanionFiles.People, files.People)))
        {
            var inRow = new Problems();
            using var csv = CsvRows.Open(path, kind.Columns, files.Zone, inRow);
            problems.AddAll(inRow.Take());
            if (csv is null)
                continue;
            if (kind == CompanionFiles.People)
                (header, delimiter) = (csv.HeaderLine, csv.Delimiter);
            var dealt = dealer?.Begin(path, csv.HeaderLine, null);
            var (read, good, stops) = (0, 0, new StopColumns(csv, files.Ignored));
            while (csv.ReadNext(out var isGood))
            {
                if (++read % 4096 == 0)
                    progress?.Invoke(kind.Name, read);
                if (isGood && domains.Take(kind, csv))
                {
                    if (!inRow.IsEmpty)
                        aside.Put(csv, kind, inRow, problems);
                    continue;
                }
                if (isGood && AddressOf(csv) is { } address && kind.Read(csv) is { } entry && inRow.IsEmpty)
                {
                    good++;
                    unread.Look(csv, isStopped: entry is RefusalMade);
                    dealt?.Deal(address, csv.RawRow());
                    findings.Look(entry, csv);
                    kept?.Take(kind, address, entry, StopsIn(files, kind, csv, stops));
                    continue;
                }
                aside.Put(csv, kind, inRow, problems);
            }
            dealt?.End();
            problems.AddAll(inRow.Take());
            progress?.Invoke(kind.Name, read);
            unread.Close(csv);
            if (kind == CompanionFiles.People)
                rows = files.SetAside is null ? read : good;
        }
        notes.AddRange(UnreadNotes.Of([unread], files));
        if (aside.Count > 0)
            notes.Add(aside.Says);
        if (rows == 0 && files.NamesDomainsAlone && domains.Count > 0)
            notes.Add(OnlyDomains(domains.Count));
        else if (header.Length > 0 && rows == 0 && problems.IsEmpty)
            problems.Add(new Place(files.People), "the file has no rows", "one row for each person");
        if (!problems.IsEmpty)
        {
            if (folder is not null)
                Directory.Delete(folder, recursive: true);
            return null;
        }
        aside.Write();
        var shares = folder is null ? [new Share(files.People, files.Companions)] : SharesIn(folder, count, files);
        return new Audience(shares, folder, files, header, delimiter, findings, aside, map: map)
        {
            domains = domains,
            RowsRead = rows,
            Notes = notes,
            kept = kept,
        };
    }

    /// <summary>
    /// Every person in the order of the file, those who stand in it more than once last; where the files are larger than memory may be,
    /// share by share.
    /// </summary>
    public IEnumerable<Person> People()
    {
        if (tables is not null)
        {
            foreach (var person in tables.InOrder())
                yield return new Person(tables, person);
            yield break;
        }
        (Duplicates, rowsAside) = (0, 0);
        foreach (var share in shares.Where(share => File.Exists(share.People)))
        {
            if (InTables(share) is { } inShare)
            {
                Duplicates += inShare.RowsOfPeople - inShare.People;
                foreach (var person in inShare.InOrder())
                    yield return new Person(inShare, person);
                continue;
            }
            // What was kept serves one reading; whoever reads again reads the files again.
            var held = Interlocked.Exchange(ref kept, null) ?? Read(share);
            foreach (var person in People(share, held))
                yield return person;
        }
    }

    IEnumerable<Person> People(Share share, Kept held)
    {
        var waiting = new Dictionary<string, (string RawRow, List<ContactEntry> Entries)>(StringComparer.Ordinal);
        var problems = new Problems();
        using var csv = CsvRows.Open(share.People, CompanionFiles.People.Columns, files.Zone, problems)!;
        var stops = new StopColumns(csv, files.Ignored);
        while (csv.ReadNext(out var isGood))
        {
            if (!isGood || AddressOf(csv) is not { } address || CompanionFiles.People.Read(csv) is not { } stated || !problems.IsEmpty)
            {
                if (files.SetAside is not null)
                    problems.Take();
                continue;
            }
            if (aside.IsAbout(address))
            {
                rowsAside++;
                continue;
            }
            List<ContactEntry> said = [stated, .. UnreadNotes.Stops(files, csv, stops)];
            if (!held.IsRepeated(address))
            {
                yield return new Person(address, csv.RawRow(), [.. said, .. held.Of(address)]);
            }
            else if (waiting.TryGetValue(address, out var first))
            {
                first.Entries.AddRange(said);
                Duplicates++;
            }
            else
            {
                waiting[address] = (csv.RawRow(), said);
            }
        }
        problems.ThrowIfAny();
        foreach (var (address, (rawRow, entries)) in waiting)
            yield return new Person(address, rawRow, [.. entries, .. held.Of(address)]);
    }

    static IReadOnlyList<Share> SharesIn(string folder, int count, AudienceFiles files) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(share => new Share(
                    ShareFiles.PathOf(folder, share, files.People),
                    [.. files.Companions.Select(c => (c.Kind, ShareFiles.PathOf(folder, share, c.Path)))]
                )),
        ];

    static string OnlyDomains(int count) =>
        $"the list names {Amount.Of(count, "whole domain")} and no person: every address there is refused, so screen it together "
        + "with a list of people";

    /// <inheritdoc />
    public void Dispose()
    {
        if (folder is not null && Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    sealed record Share(string People, IReadOnlyList<(CompanionFile Kind, string Path)> Companions);
}
