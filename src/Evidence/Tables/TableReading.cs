using System.Collections.Concurrent;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Reading;

namespace MaySend.Evidence.Tables;

/// <summary>
/// Reads a list of people and the files beside it into <see cref="EvidenceTables"/>, on all processors: people first, since only what is
/// about them is kept, then large files piece by piece. It reads good files only. Where anything is wrong in any row it gives nothing, and
/// whoever asked reads the files row by row, which names everything that is wrong.
/// </summary>
/// <param name="zone">The zone of times without one; null when none was chosen.</param>
/// <param name="map">The product map in force for the campaign: goods are then kept only as what they are by it. Null keeps them as they
/// are.</param>
/// <param name="watch">Makes what looks at the rows of a file while they go by, in their order; null for nothing.</param>
public sealed class TableReading(TimeZoneInfo? zone, ProductMap? map, Func<CompanionFile, CsvRows, RowWatch?> watch)
{
    readonly TableDraft draft = new(map);
    readonly ConcurrentDictionary<int, bool> whole = [];
    Action<string, long>? progress;
    int pieceSize;
    ShareFiles? shares;
    volatile bool hasFailed;

    sealed record Job(int File, CompanionFile Kind, string Path, FilePieces? Pieces, int Piece);

    /// <summary>Reads the files; null where anything in them is not as it should be.</summary>
    /// <param name="people">The list of people.</param>
    /// <param name="companions">Files of what happened, by kind.</param>
    /// <param name="advance">Gets the kind of file and how many of its rows one processor has read.</param>
    /// <param name="sizeOfPieces">How many bytes a processor reads at a time; 0 for what serves best.</param>
    public EvidenceTables? Read(
        string people,
        IReadOnlyList<(CompanionFile Kind, string Path)> companions,
        Action<string, long>? advance = null,
        int sizeOfPieces = 0
    )
    {
        (progress, pieceSize) = (advance, sizeOfPieces);
        try
        {
            if (Read(new Job(0, CompanionFiles.People, people, null, 0)) is not { } list || list.Read == 0)
                return null;
            var parts = ReadPieces(companions, first: 1);
            return hasFailed ? null : new EvidenceTables(draft, [list, .. InOrder(parts)]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // What cannot be read is named by whoever reads row by row.
            return null;
        }
    }

    /// <summary>
    /// Deals the rows of the files out by address, so that each share can be read by itself; null where anything in them is not as it
    /// should be, and then what was dealt is for nobody.
    /// </summary>
    /// <param name="people">The list of people.</param>
    /// <param name="companions">Files of what happened, by kind.</param>
    /// <param name="count">How many shares.</param>
    /// <param name="folder">Where the shares go (<see cref="ShareFiles.PathOf"/>).</param>
    /// <param name="advance">Gets the kind of file and how many of its rows one processor has read.</param>
    /// <param name="sizeOfPieces">How many bytes a processor reads at a time; 0 for what serves best.</param>
    public DealtTables? Deal(
        string people,
        IReadOnlyList<(CompanionFile Kind, string Path)> companions,
        int count,
        string folder,
        Action<string, long>? advance = null,
        int sizeOfPieces = 0
    )
    {
        (progress, pieceSize, shares) = (advance, sizeOfPieces, new ShareFiles(count, folder));
        try
        {
            var parts = ReadPieces([(CompanionFiles.People, people), .. companions], first: 0);
            if (hasFailed)
                return null;
            List<RowPart> inOrder = [.. InOrder(parts)];
            var rows = inOrder.Where(part => part.Kind == CompanionFiles.People).Sum(part => part.Read);
            return rows == 0 ? null : new(inOrder[0].Header, rows, Requested.In(inOrder, draft.Sayings));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // What cannot be read or written is named by whoever does it row by row.
            return null;
        }
    }

    List<(Job Job, RowPart Part)> ReadPieces(IReadOnlyList<(CompanionFile Kind, string Path)> files, int first)
    {
        var jobs = files.SelectMany((file, number) => JobsOf(number + first, file.Kind, file.Path)).ToList();
        var parts = ReadAll(jobs);
        if (whole.IsEmpty || hasFailed)
            return parts;
        // A quote stood in a piece of these: where their lines begin is not known before they are read through.
        List<Job> again = [.. jobs.Where(job => whole.ContainsKey(job.File)).DistinctBy(job => job.File)];
        foreach (var job in again)
            shares?.TakeBack(job.Path);
        List<(Job Job, RowPart Part)> kept = [.. parts.Where(read => !whole.ContainsKey(read.Job.File))];
        return [.. kept, .. ReadAll([.. again.Select(job => job with { Pieces = null, Piece = 0 })])];
    }

    List<(Job Job, RowPart Part)> ReadAll(List<Job> jobs)
    {
        var parts = new ConcurrentQueue<(Job, RowPart)>();
        try
        {
            Parallel.ForEach(
                Partitioner.Create(jobs.OrderByDescending(SizeOf), EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
                job =>
                {
                    var isInVain = hasFailed || (job.Pieces is not null && whole.ContainsKey(job.File));
                    if (!isInVain && Read(job) is { } part)
                        parts.Enqueue((job, part));
                }
            );
        }
        catch (AggregateException faults)
            when (faults.InnerExceptions is [IOException or UnauthorizedAccessException or InvalidDataException, ..])
        {
            hasFailed = true;
        }
        return [.. parts];
    }

    static long SizeOf(Job job) => job.Pieces is null ? new FileInfo(job.Path).Length : 0;

    IEnumerable<Job> JobsOf(int number, CompanionFile kind, string path)
    {
        // What nobody reads is looked at in the order of the file.
        var problems = new Problems();
        using (var header = CsvRows.Open(path, kind.Columns, zone, problems))
            if (header is { UnusedColumns.Count: 0 } && FilePieces.Of(path, pieceSize) is { } pieces)
                return Enumerable.Range(0, pieces.Count).Select(piece => new Job(number, kind, path, pieces, piece));
        return [new Job(number, kind, path, null, 0)];
    }

    RowPart? Read(Job job)
    {
        var problems = new Problems();
        var lines = 0;
        Stream? piece = null;
        if (job.Pieces is not null)
        {
            piece = job.Pieces.Open(job.Piece, out lines);
            if (piece is null)
            {
                whole[job.File] = true;
                return null;
            }
        }
        using var csv = piece is null
            ? CsvRows.Open(job.Path, job.Kind.Columns, zone, problems)
            : CsvRows.Open(job.Path, () => piece, job.Kind.Columns, zone, problems);
        if (csv is null)
            return Fail();
        var part = new RowPart(job.Kind, job.Path) { Lines = lines, Header = (csv.HeaderLine, csv.Delimiter) };
        var looks = piece is null ? watch(job.Kind, csv) : null;
        var dealt = shares?.Begin(job.Path, csv.HeaderLine, job.Pieces is null ? null : job.Piece);
        var reader = new RowReader(csv, part, problems, draft, looks, dealt);
        if (!problems.IsEmpty || !reader.ReadAll(rows => progress?.Invoke(job.Kind.Name, rows)))
            return Fail();
        dealt?.End();
        return part;
    }

    RowPart? Fail()
    {
        hasFailed = true;
        return null;
    }

    /// <summary>The parts as they stand in the files, each with how many lines are before it.</summary>
    static IEnumerable<RowPart> InOrder(IEnumerable<(Job Job, RowPart Part)> parts)
    {
        foreach (var file in parts.GroupBy(read => read.Job.File).OrderBy(file => file.Key))
        {
            var before = 0;
            foreach (var (_, part) in file.OrderBy(read => read.Job.Piece))
            {
                part.LinesBefore = before;
                before += part.Lines;
                yield return part;
            }
        }
    }
}
