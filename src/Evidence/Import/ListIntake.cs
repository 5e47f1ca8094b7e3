using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;

namespace MaySend.Evidence.Import;

/// <summary>
/// Exports read to be screened as they are: by the same formats, with the same questions and the same rows set aside as when they are
/// imported, and written as the files of an audience's folder. Nothing is recorded anywhere.
/// </summary>
public sealed class ListIntake
{
    /// <summary>One summary a file; what would be added is not counted, since there is no record to compare with.</summary>
    public required ImmutableArray<ImportSummary> Summaries { get; init; }

    /// <summary>Questions that are open; while one is, the folder must not be screened.</summary>
    public IEnumerable<ImportQuestion> Questions => Summaries.SelectMany(summary => summary.Questions);

    /// <summary>Everybody in the files, each address once, in the order in which they came.</summary>
    public required int People { get; init; }

    /// <summary>Reads files and writes the folder.</summary>
    /// <param name="sources">The files.</param>
    /// <param name="folder">The folder; made when missing. Files that stand in it under these names are replaced.</param>
    /// <param name="progress">Told how many rows were read.</param>
    /// <exception cref="BadInputException">Something is wrong with a file, and is not to be set aside.</exception>
    public static ListIntake Write(IReadOnlyList<ImportSource> sources, string folder, IProgress<ImportProgress>? progress = null)
    {
        Directory.CreateDirectory(folder);
        var problems = new Problems();
        var people = new HashSet<string>(StringComparer.Ordinal);
        var summaries = new List<ImportSummary>();
        using (var tables = new Tables(folder))
        {
            foreach (var source in sources)
                summaries.Add(Read(source, tables, people, problems, progress));
            problems.ThrowIfAny();
            tables.Commit();
        }
        return new() { Summaries = [.. summaries], People = people.Count };
    }

    static ImportSummary Read(
        ImportSource source,
        Tables tables,
        HashSet<string> people,
        Problems problems,
        IProgress<ImportProgress>? progress
    )
    {
        var findings = new ReadingFindings();
        var (rows, claims, leftOut) = (0L, new RowTallies(), new RowTallies());
        var addresses = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in source.Read(problems, findings))
        {
            if (++rows % 4096 == 0)
                progress?.Report(new("reading", rows, null));
            foreach (var claim in row.Claims)
                claims.Add(claim.Text, row);
            if (row.LeftOut is { } reason)
                leftOut.Add(reason, row);
            if (row.Domain is { } domain)
                tables.Add($"*@{domain}", new RefusalMade(RowDraft.UnknownWhen, "") { How = $"list: {source.FileName}" });
            if (row.Bare is { } bare)
                Stand(bare);
            foreach (var claim in row.Claims.Where(claim => claim.Address.Length > 0))
                Stand(claim.Address);
            foreach (var proposal in row.Proposals)
            {
                // Of a row that is left out only its ticks are kept, for the case that they ask to stop.
                if (proposal.Entry is DetailsCollected ticks && TickedBoxes.IsOnlyTicks(ticks))
                {
                    tables.Add(proposal.Address.Verbatim, ticks);
                    continue;
                }
                addresses.Add(proposal.Address.Matching);
                if (proposal.Entry is DetailsStated)
                    people.Add(proposal.Address.Matching);
                else
                    Stand(proposal.Address.Verbatim);
                tables.Add(proposal.Address.Verbatim, proposal.Entry);
            }
        }
        return ImportQuestions.Asked(
            new ImportSummary
            {
                FileName = source.FileName,
                Digest = source.Digest,
                Format = source.Format.Name,
                Rows = rows,
                Addresses = addresses.Count,
                Claims = claims.Result(),
                LeftOut = leftOut.Result(),
                NotRead = [.. source.NotRead],
            },
            source,
            findings
        );

        // Whoever a file speaks of stands in the list of people, if only to be told that nothing shows they may be mailed.
        void Stand(string verbatim)
        {
            if (people.Add(Ledger.Identity.Address.Read(verbatim).Address?.Matching ?? verbatim))
                tables.Add(verbatim, new DetailsStated(When.Of(DateOnly.MinValue), ""));
        }
    }

    /// <summary>The files being written, under other names until all is good.</summary>
    sealed class Tables(string folder) : IDisposable
    {
        readonly Dictionary<CompanionFile, Table> open = [];

        public void Add(string address, ContactEntry entry)
        {
            if (CompanionRows.Of(address, entry) is not { } row)
                return;
            if (!open.TryGetValue(row.Kind, out var table))
            {
                var name = CompanionRows.Files.Single(file => file.Kind == row.Kind).FileName;
                open[row.Kind] = table = new Table(Path.Combine(folder, name), row.Kind);
            }
            table.Add(row.Cells);
        }

        /// <summary>Gives the files their names; a register in which nobody stands is a file with a header.</summary>
        public void Commit()
        {
            foreach (var (name, kind) in CompanionRows.Files)
                if (!open.ContainsKey(kind) && kind == CompanionFiles.People)
                    open[kind] = new Table(Path.Combine(folder, name), kind);
            foreach (var table in open.Values)
                table.Commit();
        }

        public void Dispose()
        {
            foreach (var table in open.Values)
                table.Dispose();
        }
    }

    sealed class Table : IDisposable
    {
        readonly DraftedText text;
        readonly string[] columns;
        readonly CsvTable table;

        public Table(string path, CompanionFile kind)
        {
            text = new(path);
            columns = [.. kind.Columns.Select(column => column.Name)];
            table = new CsvTable(text.Writer, columns);
        }

        public void Add(IReadOnlyDictionary<string, string> cells) => table.Add(columns.Select(name => cells.GetValueOrDefault(name, "")));

        public void Commit()
        {
            table.Dispose();
            text.Commit();
        }

        public void Dispose() => text.Dispose();
    }
}
