using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Store;

public sealed partial class EvidenceStore
{
    /// <summary>
    /// Records that two addresses are one person's. Restriction first: every request to stop at either, and at every address already linked
    /// with either, is copied before the link and once more after it, so that one recorded meanwhile is not lost. A suppressed address
    /// without a contact makes the other one refuse as well. Permissions are not copied. Doing it again adds nothing.
    /// </summary>
    /// <returns>False when one of them is not on record, or has been erased: then only restrictions were carried over.</returns>
    public async ValueTask<bool> LinkAsync(Address one, Address other, Actor by, CancellationToken cancellation = default)
    {
        if (!by.May(Rights.Sign) && !by.May(Rights.System))
            throw new NotEntitledException(Rights.Sign, $"a link needs the right to sign, which {by.Name} does not have");
        var (first, second) = (await FindAsync(one, cancellation: cancellation), await FindAsync(other, cancellation: cancellation));
        await CarrySuppressionAsync(first, second, by, cancellation);
        await CarrySuppressionAsync(second, first, by, cancellation);
        if (first.Contact is not { } a || second.Contact is not { } b || a == b)
            return first.Contact == second.Contact && first.Contact is not null;
        await CarryAllAsync(a, b, by, cancellation);
        if (!await ledger.LinkAsync(a, b, cancellation))
            return false;
        var now = When.Of(clock.GetUtcNow());
        await ledger.AppendAsync(
            [
                ToAppend(a, new AddressLinked(now, $"link {b}", b.ToString()), by, $"link {b}"),
                ToAppend(b, new AddressLinked(now, $"link {a}", a.ToString()), by, $"link {a}"),
            ],
            cancellation
        );
        await CarryAllAsync(a, b, by, cancellation);
        return true;
    }

    /// <summary>The addresses on record as the same person's, the given one apart.</summary>
    public async ValueTask<IReadOnlyList<Address>> LinkedAsync(Address address, CancellationToken cancellation = default)
    {
        if ((await ledger.RecogniseAsync(address, cancellation)).Contact is not { } contact)
            return [];
        var linked = new List<Address>();
        foreach (var id in await ledger.LinkedAsync(contact, cancellation))
            if (await ledger.ContactAsync(id, cancellation) is { } found)
                linked.Add(found.Address);
        return linked;
    }

    /// <summary>What an entry stops: itself, and ticks in boxes of the form that it came through.</summary>
    static IEnumerable<ContactEntry> StopsIn(ContactEntry entry, ControllerRecord record) =>
        (Restrictions.IsOne(entry) ? [entry] : Enumerable.Empty<ContactEntry>()).Concat(
            entry is DetailsCollected collected ? TickedBoxes.Stops(collected, record).Requests : []
        );

    /// <summary>Copies for the addresses that are linked with those of some entries.</summary>
    async ValueTask<List<AppendRequest>> CopiesAsync(List<NewEntry> restrictions, CancellationToken cancellation)
    {
        var copies = new List<AppendRequest>();
        if (restrictions.Count == 0)
            return copies;
        var record = await ReadableControllerAsync(cancellation);
        foreach (var entry in restrictions)
        {
            if ((await ledger.RecogniseAsync(entry.Address, cancellation)).Contact is not { } contact)
                continue;
            foreach (var other in await OthersOfAsync(contact, cancellation))
            foreach (
                var copy in StopsIn(entry.Entry, record)
                    .Select(stop => Restrictions.CopyOf(stop, contact, other, record.Names))
                    .Append(Restrictions.HoldOf(entry.Entry, contact, other, record))
                    .OfType<ContactEntry>()
            )
                copies.Add(ToAppend(other, copy, entry.By, Restrictions.KeyOf(copy, entry.Source), entry.Source));
        }
        return copies;
    }

    /// <summary>
    /// The other addresses of whoever is at this one. A shared or role address (info@, sales@) passes nothing on: what one of its readers
    /// asks for is not what another did, and two people who read it are not one person through it.
    /// </summary>
    async ValueTask<IReadOnlyList<ContactId>> OthersOfAsync(ContactId contact, CancellationToken cancellation)
    {
        var linked = await ledger.LinkedAsync(contact, cancellation);
        if (linked.Count == 0)
            return [];
        var histories = new Dictionary<ContactId, List<ContactEntry>>();
        foreach (var id in linked.Prepend(contact))
            histories[id] = [.. (await HistoryAsync(id, default, cancellation)).Select(recorded => recorded.Entry)];
        var shared = histories.Where(pair => IsShared(pair.Value)).Select(pair => pair.Key).ToHashSet();
        if (shared.Count == 0)
            return linked;
        if (shared.Contains(contact))
            return [];
        HashSet<ContactId> reached = [contact];
        var next = new Queue<ContactId>([contact]);
        while (next.TryDequeue(out var id))
            foreach (var link in histories[id].OfType<AddressLinked>())
                if (
                    ContactId.TryParse(link.OtherContact, out var other)
                    && histories.ContainsKey(other)
                    && reached.Add(other)
                    && !shared.Contains(other)
                )
                    next.Enqueue(other);
        // A link whose entries were lost on the way is none the less: when in doubt a request is carried.
        return [.. linked.Where(id => reached.Contains(id) || !histories[id].Exists(entry => entry is AddressLinked))];
    }

    /// <summary>True where every source that says what kind of address it is calls it a role's.</summary>
    static bool IsShared(IReadOnlyList<ContactEntry> entries)
    {
        var kinds = entries
            .OfType<DetailsStated>()
            .Select(stated => stated.AddressKind)
            .Where(kind => kind is not null)
            .Distinct()
            .ToList();
        return kinds is ["role"];
    }

    async ValueTask CarryAllAsync(ContactId one, ContactId other, Actor by, CancellationToken cancellation)
    {
        ContactId[] left = [one, .. await OthersOfAsync(one, cancellation)],
            right = [other, .. await OthersOfAsync(other, cancellation)];
        var person = left.Union(right).ToList();
        var known = await NamesAsync(cancellation);
        var record = await ControllerAsync(cancellation: cancellation);
        var copies = new List<AppendRequest>();
        foreach (var from in person)
        {
            IReadOnlyList<ContactEntry> entries =
            [
                .. (await HistoryAsync(from, default, cancellation)).Select(recorded =>
                    recorded.Source is { } source ? recorded.Entry with { FromFile = source.FileDigest } : recorded.Entry
                ),
            ];
            if (IsShared(entries))
                continue;
            var counted = TakenBackEntries.Without(entries, record);
            entries = TickedBoxes.ReadIn(counted, record);
            foreach (var to in person.Where(to => to != from))
                copies.AddRange(
                    Restrictions
                        .CopiesOf(entries, from, to, known)
                        .Concat(counted.Select(entry => Restrictions.HoldOf(entry, from, to, record)).OfType<ContactEntry>())
                        .Select(copy => ToAppend(to, copy, by, Restrictions.KeyOf(copy, SourceOf(copy)), SourceOf(copy)))
                );
        }
        if (copies.Count > 0)
            await ledger.AppendAsync(copies, cancellation);
    }

    async ValueTask CarrySuppressionAsync(Dossier from, Dossier to, Actor by, CancellationToken cancellation)
    {
        if (to.Contact is not { } contact)
        {
            foreach (var suppression in from.Suppressions)
                await ledger.SuppressAsync(to.Address, EntryJson.Write(suppression), cancellation);
            return;
        }
        if (from.Suppressions.IsEmpty)
            return;
        await ledger.AppendAsync(
            [.. from.Suppressions.Select(suppression => ToAppend(contact, suppression, by, Restrictions.KeyOf(suppression)))],
            cancellation
        );
    }

    /// <summary>A copy of what a file asked for goes back with that file.</summary>
    static EntrySource? SourceOf(ContactEntry copy) => copy.FromFile is { } file ? new(file, 0) : null;

    static AppendRequest ToAppend(ContactId contact, ContactEntry entry, Actor by, string key, EntrySource? source = null) =>
        new()
        {
            Subject = new EntrySubject.Contact(contact),
            Kind = EntryKinds.Of(entry),
            HappenedAt = NewEntry.Instant(entry.When),
            By = by.Name,
            Rights = by.Rights,
            Source = source,
            IdempotencyKey = key,
            Payload = EntryJson.Write(entry),
        };
}
