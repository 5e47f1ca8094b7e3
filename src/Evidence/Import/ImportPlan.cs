using System.Collections.Immutable;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;
using MaySend.Reading;

namespace MaySend.Evidence.Import;

/// <summary>What an import did.</summary>
/// <param name="Added">Entries added.</param>
/// <param name="AlreadyThere">Entries that were on record.</param>
/// <param name="Suppressed">Entries about people who were erased: nothing was added.</param>
public sealed record ImportOutcome(long Added, long AlreadyThere, long Suppressed)
{
    /// <summary>Addresses that are held until somebody signs what a box was that they ticked.</summary>
    public long Held { get; init; }
}

/// <summary>
/// An import that has been looked at and not yet done. Making a plan reads the whole file, says everything that is wrong with it at once,
/// and compares it with what is on record; nothing is written. Carrying it out appends in batches; each entry has a key made from what it
/// says, so that a run that broke off is completed by running it again.
/// </summary>
public sealed class ImportPlan
{
    const int InFlight = 4;
    readonly EvidenceStore store;
    readonly ImportSource source;

    readonly IReadOnlyDictionary<UInt128, DateTimeOffset> returned;

    ImportPlan(EvidenceStore store, ImportSource source, ImportSummary summary, IReadOnlyDictionary<UInt128, DateTimeOffset> returned) =>
        (this.store, this.source, Summary, this.returned) = (store, source, summary, returned);

    /// <summary>True when the file asks to stop somewhere, or may: then it is read through for that first.</summary>
    bool AsksToStop { get; init; }

    /// <summary>What it would do.</summary>
    public ImportSummary Summary { get; }

    /// <summary>How the file is read, as a mapping file for the next one of its kind.</summary>
    public string Mapping => MappingFile.Write(source.Options, source.Format.Name);

    /// <summary>Reads the file through and compares it with what is on record.</summary>
    /// <exception cref="BadInputException">Something in the file is wrong; everything found is said.</exception>
    public static async Task<ImportPlan> MakeAsync(
        EvidenceStore store,
        ImportSource source,
        IProgress<ImportProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var findings = new ReadingFindings();
        var (rows, restricted) = Validate(source, findings, progress, cancellation);
        var comparison = new PlanComparison(store, restricted);
        var done = 0L;
        await foreach (var batch in ReadAhead.Of(KeyedRows.Of(source.Read(new Problems())), cancellation))
        {
            await comparison.AddAsync(batch, cancellation);
            progress?.Report(new("comparing", done += batch.Rows.Count, rows));
        }
        return new(store, source, ImportQuestions.Asked(comparison.Summary(source, rows), source, findings), comparison.Returned)
        {
            AsksToStop = restricted.Count > 0,
        };
    }

    /// <summary>Records what the plan proposes: requests to stop first, through the whole file, then the rest.</summary>
    /// <param name="by">Who imports it.</param>
    /// <param name="progress">Told after each batch.</param>
    /// <param name="cancellation">Stops between batches; running the import again completes it.</param>
    /// <exception cref="BadInputException">The file has changed since the plan was made.</exception>
    /// <exception cref="InvalidOperationException">The plan would revive somebody, or a question about the file is open.</exception>
    public async Task<ImportOutcome> ApplyAsync(
        Actor by,
        IProgress<ImportProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        if (Summary.Revived > 0)
            throw new InvalidOperationException(
                $"the import would lift requests to stop at {Amount.Of(Summary.Revived, "address", "addresses")}; nothing was recorded"
            );
        if (Summary.Questions is [var question, ..])
            throw new InvalidOperationException($"a question about the file is open: {question.Text}; nothing was recorded");
        source.EnsureUnchanged();
        var reading = await FileReading.OfAsync(store, source, cancellation);
        var refused = new RefusedDomains(store);
        foreach (var domain in Summary.Domains)
            await refused.RefuseAsync(domain, "import", by, cancellation);
        var counts = new long[Enum.GetValues<AppendOutcome>().Length];
        foreach (var isRestriction in AsksToStop ? [true, false] : new[] { false })
            await AppendAsync(by, reading, isRestriction, counts, progress, cancellation);
        await store.RecordAsync(
            new FileImported($"{source.Format.Name} {source.Digest[..12]}{reading.Suffix}")
            {
                FileName = source.FileName,
                FileDigest = source.Digest,
                Format = source.Format.Name,
                Rows = Summary.Rows,
                Choices = source.Choices(),
                Tables = source.Tables.ToImmutableDictionary(table => table.Table.Name, table => reading.DigestOf(table.Table.Digest)),
            },
            by.AsSystem(),
            idempotencyKey: $"import {source.Format.Name} {source.Digest}{reading.Suffix}",
            cancellation: cancellation
        );
        return new(counts[(int)AppendOutcome.Added], counts[(int)AppendOutcome.AlreadyThere], counts[(int)AppendOutcome.Suppressed])
        {
            Held = Summary.Held,
        };
    }

    async Task AppendAsync(
        Actor by,
        FileReading reading,
        bool isRestriction,
        long[] counts,
        IProgress<ImportProgress>? progress,
        CancellationToken cancellation
    )
    {
        var (done, phase) = (0L, isRestriction ? "recording restrictions" : "recording");
        // While one batch is being written the next is read and encrypted.
        var pending = new Queue<(int Rows, Task<IReadOnlyList<Appended>> Answers)>();
        async Task SettleAsync()
        {
            var (rows, answers) = pending.Dequeue();
            foreach (var answer in await answers)
                counts[(int)answer.Outcome]++;
            progress?.Report(new(phase, done += rows, Summary.Rows));
        }
        try
        {
            bool IsWanted(Proposal proposal) =>
                proposal.Grade == EvidenceGrade.Restriction == isRestriction && !IsOfSomebodyErased(proposal);
            await foreach (var batch in ReadAhead.Of(KeyedRows.Of(source.Read(new Problems()), IsWanted), cancellation))
            {
                cancellation.ThrowIfCancellationRequested();
                pending.Enqueue((batch.Rows.Count, RecordAsync(batch, by, reading, isRestriction, cancellation)));
                if (pending.Count == InFlight)
                    await SettleAsync();
            }
            while (pending.Count > 0)
                await SettleAsync();
        }
        finally
        {
            // Whatever ended this: nothing is still being written when the caller hears of it.
            await Task.WhenAll(pending.Select(batch => (Task)batch.Answers)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task<IReadOnlyList<Appended>> RecordAsync(
        KeyedRows batch,
        Actor by,
        FileReading reading,
        bool isRestriction,
        CancellationToken cancellation
    )
    {
        NewEntry[] entries =
        [
            .. batch.Proposed.Select(keyed => new NewEntry(keyed.Proposal.Address, keyed.Proposal.Entry, by)
            {
                Source = keyed.Proposal.Source with { FileDigest = reading.DigestOf(keyed.Proposal.Source.FileDigest) },
                IdempotencyKey = keyed.Key,
                IsKeyedByContent = true,
                Written = keyed.Written,
            }),
        ];
        if (entries.Length == 0)
            return [];
        var answers = await store.RecordAsync(entries, cancellation);
        if (isRestriction || Array.Exists(entries, entry => TickedBoxes.AreIn(entry.Entry)))
            await FurtherSources.AddAsync(store, entries, answers, cancellation);
        return answers;
    }

    /// <summary>True for what may be from before the erasure of somebody who came back.</summary>
    bool IsOfSomebodyErased(Proposal proposal) =>
        returned.TryGetValue(PlanComparison.Short(proposal.Address.Matching), out var erased) && PlanComparison.IsBefore(proposal, erased);

    /// <summary>The first pass: every row is read, nothing is kept but a count, and who asks to stop in this file since when.</summary>
    static (long Rows, Dictionary<UInt128, DateOnly> Restricted) Validate(
        ImportSource source,
        ReadingFindings findings,
        IProgress<ImportProgress>? progress,
        CancellationToken cancellation
    )
    {
        var (problems, rows, restricted) = (new Problems(), 0L, new Dictionary<UInt128, DateOnly>());
        foreach (var row in source.Read(problems, findings))
        {
            if (++rows % 4096 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(new("reading", rows, null));
            }
            foreach (var proposal in row.Proposals.Where(proposal => proposal.Grade == EvidenceGrade.Restriction))
            {
                var (whom, day) = (PlanComparison.Short(proposal.Address.Matching), proposal.Entry.When.Day);
                if (!restricted.TryGetValue(whom, out var first) || day < first)
                    restricted[whom] = day;
            }
        }
        // A register in which nobody stands yet is a file with a header.
        var mayBeEmpty = source.Options.MayBeEmpty || source.Recognised.All(table => table.Format.IsRegister);
        if (rows == 0 && problems.IsEmpty && findings.Filtered.Count == 0 && !mayBeEmpty)
            problems.Add(new Place(source.FileName), "the file has no rows");
        problems.ThrowIfAny();
        return (rows, restricted);
    }
}
