using MaySend.Decisions;
using MaySend.Decisions.Replay;
using MaySend.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Reading;
using MaySend.Screening.Audiences;

namespace MaySend.Screening.Runs;

/// <summary>
/// The one screening of a store, for the command line, the server and whoever else asks: everybody on record, or a list joined with what is
/// on record. Each row carries what names its decision, and one manifest is put on record for all of them.
/// </summary>
public sealed class StoreScreening(EvidenceStore store, Decider decider)
{
    /// <summary>Screens, writes the lists, and puts the manifest on record unless it was a what-if.</summary>
    /// <param name="order">Whom, for what.</param>
    /// <param name="output">The folder for the files.</param>
    /// <param name="advance">Gets what is done, how many rows or people, and of how many where that is known.</param>
    /// <param name="cancellation">Stops it; then nothing is written.</param>
    /// <exception cref="BadInputException">Anything is wrong with any row of the list: then nothing is written.</exception>
    /// <exception cref="LedgerUnavailableException">The store cannot answer: then nothing is written.</exception>
    public async Task<ScreeningOutcome> RunAsync(
        ScreeningOrder order,
        string output,
        Action<string, long, long?>? advance = null,
        CancellationToken cancellation = default
    )
    {
        if (order.Share is not null && (order.List is not null || order.KnownAt is not null || order.ControllerFiles is not null))
            throw new BadInputException(
                new Place("--share"),
                "shares are of everybody on record, as known now, and each machine has to see the same sender",
                "record it all in the store, and leave out the list, --sender and --known-at"
            );
        var readFrom = store.Clock.GetUtcNow();
        var campaign = order.Campaign;
        var day = order.Day ?? campaign.Nearest(DateOnly.FromDateTime(readFrom.UtcDateTime));
        var isWhatIf = order.KnownAt is not null || !campaign.Has(day);
        if (!isWhatIf)
            await new DecisionLog(store).RegisterAsync(campaign, order.By, cancellation);
        var known = order.KnownAt is { } past ? AsKnown.At(Replayer.EndOf(past)) : AsKnown.Now;
        var seq = (await store.Ledger.PositionAsync(Partition.Controller, cancellation)).Seq;
        var controller = await Asking.ControllerAsync(
            store,
            order.ControllerFiles,
            order.KnownAt is null ? AsKnown.UpTo(seq) : known,
            cancellation
        );
        var draft = new ManifestDraft(order, day, decider.Law, controller, readFrom, await store.HeadsAsync(cancellation));
        var writing = new ListWriting(decider, controller, campaign.OnDay(day), draft.KnownAt);
        var total = order.List is null && order.Share is null ? await store.Ledger.CountContactsAsync(cancellation) : 0;
        var summary = await OwnThread.Run(
            () => Write(order, known, writing, draft, output, isWhatIf, total, advance, cancellation),
            cancellation
        );
        if (isWhatIf)
            return new(summary, null);
        var manifest = draft.Finish(summary, output);
        if (order.Share is { } share)
        {
            Kept(share, manifest, writing, summary).Write(output);
            return new(summary, null);
        }
        // The lists are written: whoever stops it now comes too late, and they stay on record.
        await store.RecordAsync(manifest, order.By.AsSystem(), cancellation: CancellationToken.None);
        return new(summary, manifest);
    }

    ScreenedShare Kept(ScreeningShare share, AudienceScreened manifest, ListWriting writing, ScreeningSummary summary) =>
        new()
        {
            Store = store.Ledger.StoreId,
            Number = share.Number,
            Of = share.Of,
            Manifest = manifest,
            Mark = writing.Mark(isWhatIf: false, share),
            Counts = writing.Counted!,
            LeftOut = summary.Undeliverable,
        };

    ScreeningSummary Write(
        ScreeningOrder order,
        AsKnown known,
        ListWriting writing,
        ManifestDraft draft,
        string output,
        bool isWhatIf,
        long total,
        Action<string, long, long?>? advance,
        CancellationToken cancellation
    )
    {
        if (order.List is null)
            return writing.Write(
                OnRecord(order, known, writing, order.Share is null ? total : null, cancellation),
                output,
                isWhatIf,
                draft.Take,
                advance,
                cancellation,
                order.Share
            );
        var problems = new Problems();
        using var audience = Audience.Open(order.List, problems, (file, rows) => advance?.Invoke($"reading {file}", rows, null));
        problems.ThrowIfAny();
        return writing.Write(
            JoinedWith(audience!, order.Campaign.Channel, known, writing, draft, cancellation),
            output,
            isWhatIf,
            draft.Take,
            advance,
            cancellation
        );
    }

    /// <summary>Everybody on record whom the channel can reach, by address.</summary>
    ListedPeople OnRecord(ScreeningOrder order, AsKnown known, ListWriting writing, long? total, CancellationToken cancellation) =>
        new(
            store
                .EverybodyAsync((order.Share ?? ScreeningShare.Whole).Partitions, known, cancellation)
                .ToBlockingEnumerable(cancellation)
                .Where(person => ChannelReach.Reaches(order.Campaign.Channel, person.Address.Kind))
                .Select(person => new Person(person, CsvCell.Of(person.Address.Verbatim))),
            "address",
            ',',
            total,
            null,
            [ListWriting.Everybody, .. writing.Register()]
        );

    /// <summary>A list, each person with what the store holds as well.</summary>
    ListedPeople JoinedWith(
        Audience audience,
        string channel,
        AsKnown known,
        ListWriting writing,
        ManifestDraft draft,
        CancellationToken cancellation
    )
    {
        var list = new ListOnRecord(store, audience, known);
        var reached = new ReachedPeople(list.People(cancellation), channel);
        IEnumerable<Person> All()
        {
            foreach (var person in reached.People())
            {
                draft.HasFactsFromFiles |= list.HasFactsFromFiles;
                yield return person;
            }
        }
        return new(
            All(),
            audience.HeaderLine,
            audience.Delimiter,
            audience.Rows,
            () => (audience.Rows - reached.LeftOut, audience.Duplicates),
            writing.Register().Concat(audience.Notes).Concat(writing.AboutRequests(audience)).Concat(list.Notes()).Concat(reached.Notes())
        );
    }
}
