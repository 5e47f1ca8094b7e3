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
        var total = order.List is null ? await store.Ledger.CountContactsAsync(cancellation) : 0;
        // Deciding is work for a thread of its own.
        var summary = await Task.Run(
            () => Write(order, known, writing, draft, output, isWhatIf, total, advance, cancellation),
            cancellation
        );
        if (isWhatIf)
            return new(summary, null);
        var manifest = draft.Finish(summary, output);
        // The lists are written: whoever stops it now comes too late, and they stay on record.
        await store.RecordAsync(manifest, order.By.AsSystem(), cancellation: CancellationToken.None);
        return new(summary, manifest);
    }

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
                OnRecord(order.Campaign, known, writing, total, cancellation),
                output,
                isWhatIf,
                draft.Take,
                advance,
                cancellation
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
    ListedPeople OnRecord(Campaign campaign, AsKnown known, ListWriting writing, long total, CancellationToken cancellation) =>
        new(
            store
                .DossiersAsync(known, cancellation)
                .ToBlockingEnumerable(cancellation)
                .Where(dossier => ChannelReach.Reaches(campaign.Channel, dossier.Address.Kind))
                .Select(dossier => new Person(dossier.Address.Matching, CsvCell.Of(dossier.Address.Verbatim), dossier.ForDecision)
                {
                    OnRecord = dossier,
                }),
            "address",
            ',',
            total,
            null,
            ["everybody on record was screened; people who were erased are not among them", .. writing.Register()]
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
