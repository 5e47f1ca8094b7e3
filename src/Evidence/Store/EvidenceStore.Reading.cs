using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Store;

public sealed partial class EvidenceStore
{
    ControllerAsOf? controller;

    sealed record ControllerAsOf(long Seq, ImmutableList<OnRecord> Entries, ControllerRecord Record);

    /// <summary>
    /// Everything on record about an address, now or as it was known at a place in its partition or at an instant of recording.
    /// </summary>
    public async ValueTask<Dossier> FindAsync(Address address, AsKnown asKnown = default, CancellationToken cancellation = default) =>
        await DossierAsync(address, await ledger.FindAsync(address, asKnown, cancellation), asKnown, cancellation);

    async ValueTask<Dossier> DossierAsync(Address address, AddressHistory found, AsKnown asKnown, CancellationToken cancellation)
    {
        var suppressions = Suppressions(found.Suppressions, asKnown);
        suppressions = suppressions.AddRange(await InOtherFormsAsync(address, asKnown, cancellation));
        return found.History is { } history
            ? ToDossier(address, history, suppressions, asKnown)
            : new(address, suppressions.IsEmpty ? DossierState.Unknown : DossierState.Suppressed, null, found.Position, [], suppressions);
    }

    /// <summary>
    /// What is on record about several addresses, in their order, each as it is when its turn comes, a few hundred at a time; looked up on
    /// every processor.
    /// </summary>
    /// <param name="asked">What is asked about.</param>
    /// <param name="addressOf">Its address.</param>
    /// <param name="then">What is made of it and what is on record, on any thread.</param>
    /// <param name="asKnown">How much may be seen.</param>
    /// <param name="cancellation">Stops the wait.</param>
    public IAsyncEnumerable<T> FindEachAsync<TAsked, T>(
        IEnumerable<TAsked> asked,
        Func<TAsked, Address> addressOf,
        Func<TAsked, Dossier, T> then,
        AsKnown asKnown = default,
        CancellationToken cancellation = default
    )
    {
        return SideBySide.InOrder(asked.Chunk(Together), Found, Together, cancellation);

        async IAsyncEnumerable<T> Found(TAsked[] some, [EnumeratorCancellation] CancellationToken stop)
        {
            var addresses = some.Select(addressOf).ToList();
            foreach (var (one, address, found) in some.Zip(addresses, await ledger.FindAsync(addresses, asKnown, stop)))
                yield return then(one, await DossierAsync(address, found, asKnown, stop));
        }
    }

    /// <summary>
    /// The requests to stop at a number that is on record in another form as well, from before both were known to be one: they bind both.
    /// </summary>
    async ValueTask<IReadOnlyList<RefusalMade>> InOtherFormsAsync(Address address, AsKnown asKnown, CancellationToken cancellation)
    {
        List<RefusalMade> asked = [];
        // A number in one chain says nothing of another: there all that is on record counts.
        var then = asKnown.GreatestSeq == long.MaxValue ? asKnown : AsKnown.Now;
        foreach (var form in address.OtherForms)
        {
            var found = await ledger.FindAsync(form, then, cancellation);
            asked.AddRange(Suppressions(found.Suppressions, then));
            if (found.History is { } history)
                asked.AddRange(ToDossier(form, history, [], then).Entries.Select(recorded => recorded.Counts).OfType<RefusalMade>());
        }
        return asked;
    }

    /// <summary>What a decision at a position saw of an address: the contact's partition up to its number there.</summary>
    public ValueTask<Dossier> FindAsync(Address address, DecisionPosition position, CancellationToken cancellation = default) =>
        FindAsync(address, AsKnown.UpTo(position.Contact.Seq), cancellation);

    /// <summary>How far each partition of contacts reaches: what is recorded about anybody moves one of them.</summary>
    public async ValueTask<ImmutableArray<long>> HeadsAsync(CancellationToken cancellation = default)
    {
        var heads = ImmutableArray.CreateBuilder<long>(Partition.Contacts);
        for (var number = 0; number < Partition.Contacts; number++)
            heads.Add((await Ledger.PositionAsync(new Partition(number), cancellation)).Seq);
        return heads.MoveToImmutable();
    }

    /// <summary>
    /// The requests to stop at an address of which something stands: no one act of the person since has named all that they reach.
    /// </summary>
    public async ValueTask<IReadOnlyList<RefusalMade>> StandingAsync(Address address, CancellationToken cancellation = default)
    {
        var entries = (await FindAsync(address, cancellation: cancellation)).ForDecision;
        var record = await ControllerAsync(cancellation: cancellation);
        return RefusalFacts.Standing(TickedBoxes.ReadIn(TakenBackEntries.Without(entries, record), record), record.Names);
    }

    /// <summary>
    /// What a request to stop does at an address, or would do if it were recorded now: one that is older than a later act of the person
    /// may stop less than it says, or nothing.
    /// </summary>
    /// <param name="address">Whose.</param>
    /// <param name="request">The request as given; recorded or not.</param>
    /// <param name="cancellation">Stops the wait.</param>
    public async ValueTask<RequestEffect> EffectAsync(Address address, RefusalMade request, CancellationToken cancellation = default)
    {
        var record = await ControllerAsync(cancellation: cancellation);
        var settled = RequestWidth.Settled(request, record.Names);
        // The acts alone beside the request: others on record may bear its id and say something else.
        IReadOnlyList<ContactEntry> acts =
        [
            .. (await FindAsync(address, cancellation: cancellation)).ForDecision.OfType<ConsentAnswered>(),
            settled,
        ];
        return new(
            RefusalFacts.Standing(acts, record.Names).Any(standing => standing.Id == request.Id),
            RefusalFacts.Freeing(settled, acts)
        );
    }

    /// <summary>
    /// What the controller has on record, now or as known. The latest is kept and only what was added since is read; give
    /// <c>AsKnown.UpTo(dossier.Position.ControllerSeq)</c> to see exactly what belongs to a dossier.
    /// </summary>
    public async ValueTask<ControllerRecord> ControllerAsync(AsKnown asKnown = default, CancellationToken cancellation = default)
    {
        var held = Volatile.Read(ref controller);
        if (held is not null && asKnown == AsKnown.UpTo(held.Seq))
            return held.Record;
        if (asKnown == default || asKnown.GreatestSeq < long.MaxValue)
        {
            var chain = (await ledger.PositionAsync(Partition.Controller, cancellation)).Seq;
            if (asKnown.GreatestSeq >= chain)
                return (await AdvanceAsync(held, chain, cancellation)).Record;
        }
        return ControllerRecord.Of(
            (await ledger.ReadControllerAsync(asKnown, cancellation))
                .Select(recorded => (Recorded: recorded, Entry: ReadController(recorded)))
                .Where(pair => pair.Entry is not null)
                .Select(pair => OnRecord.Of(pair.Entry!, pair.Recorded.Content!.Rights, pair.Recorded.Position.Seq))
        );
    }

    async ValueTask<ControllerAsOf> AdvanceAsync(ControllerAsOf? held, long chain, CancellationToken cancellation)
    {
        if (held is not null && held.Seq == chain)
            return held;
        var (entries, seq) = (held?.Entries.ToBuilder() ?? ImmutableList.CreateBuilder<OnRecord>(), held?.Seq ?? 0);
        var hadBefore = entries.Count;
        await foreach (var recorded in ledger.StreamAsync(Partition.Controller, seq, cancellation))
        {
            if (recorded.Position.Seq > chain)
                break;
            if (ReadController(recorded) is { } entry)
                entries.Add(OnRecord.Of(entry, recorded.Content!.Rights, recorded.Position.Seq));
        }
        var list = entries.ToImmutable();
        var advanced = new ControllerAsOf(
            chain,
            list,
            held is not null && list.Count == hadBefore ? held.Record : ControllerRecord.Of(list)
        );
        Volatile.Write(ref controller, advanced);
        return advanced;
    }

    async ValueTask<ImmutableArray<RecordedEntry>> HistoryAsync(ContactId contact, AsKnown asKnown, CancellationToken cancellation) =>
        [.. (await ledger.ReadAsync(contact, asKnown, cancellation)).Entries.Select(Read)];

    Dossier ToDossier(Address address, ContactHistory history, ImmutableArray<RefusalMade> suppressions, AsKnown asKnown) =>
        ToDossier(address, history.Contact, history.Position, [.. history.Entries.Select(Read)], suppressions, asKnown);

    Dossier ToDossier(
        Address address,
        ContactId contact,
        DecisionPosition position,
        ImmutableArray<RecordedEntry> entries,
        ImmutableArray<RefusalMade> suppressions,
        AsKnown asKnown
    ) =>
        new(address, DossierState.Known, contact, position, entries, suppressions)
        {
            Waiting = asKnown == default ? [.. Waiting?.Invoke(contact) ?? []] : [],
        };

    static RecordedEntry Read(LedgerEntry recorded)
    {
        var content = recorded.Content ?? throw Unreadable(recorded, "has no content");
        // An entry that this build does not know may be a request to stop: nothing is decided without it.
        if (!EntryKinds.OfContacts.Contains(recorded.Kind))
            throw Unreadable(recorded, "is of a kind that this build does not know: use the build that wrote it, or a newer one");
        try
        {
            return new(
                EntryJson.ReadContact(content.Payload.Span),
                recorded.Position,
                recorded.RecordedAt,
                content.By,
                content.Rights,
                content.Source
            );
        }
        catch (JsonException fault)
        {
            throw Unreadable(recorded, $"cannot be read: {fault.Message}");
        }
    }

    static ControllerEntry? ReadController(LedgerEntry recorded)
    {
        if (!EntryKinds.OfTheController.Contains(recorded.Kind))
            return null;
        try
        {
            if (recorded.Kind == Restoration.Kind && OldRestoration(recorded) is { } restored)
                return restored;
            return EntryJson.ReadController((recorded.Content ?? throw Unreadable(recorded, "has no content")).Payload.Span);
        }
        catch (JsonException fault)
        {
            throw Unreadable(recorded, $"cannot be read: {fault.Message}");
        }
    }

    /// <summary>As older builds wrote it; null in today's form.</summary>
    static StoreRestored? OldRestoration(LedgerEntry recorded)
    {
        using var said = JsonDocument.Parse(recorded.Content?.Payload ?? throw Unreadable(recorded, "has no content"));
        return said.RootElement.TryGetProperty("backup_made_at", out var made)
            ? new StoreRestored(recorded.Position.ToString()) { BackupMadeAt = made.GetDateTimeOffset(), RestoredAt = recorded.RecordedAt }
            : null;
    }

    static LedgerUnavailableException Unreadable(LedgerEntry recorded, string why) =>
        new(UnavailableBecause.Damaged, $"entry {recorded.Position} ({recorded.Kind}) {why}");

    static ImmutableArray<RefusalMade> Suppressions(IReadOnlyList<Suppression> kept, AsKnown asKnown) =>
        [.. kept.Where(suppression => LedgerTime.ToMicroseconds(suppression.RecordedAt) <= asKnown.LatestMicroseconds).Select(ToRefusal)];

    /// <summary>What a suppression covers; one that does not say so in our words covers everything.</summary>
    static RefusalMade ToRefusal(Suppression suppression)
    {
        try
        {
            if (EntryJson.ReadContact(suppression.Covers.Span) is RefusalMade refusal)
                return refusal;
        }
        catch (JsonException)
        {
            // Fail closed: the request stands, whatever it said.
        }
        return new RefusalMade(When.Of(suppression.RecordedAt), "suppression")
        {
            Senders = NameSet.Everything,
            Channels = NameSet.Everything,
            Topics = NameSet.Everything,
            Kind = "objection",
            How = "suppression",
        };
    }
}
