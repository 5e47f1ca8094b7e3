using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Ledger.Contract.Stores;

namespace MaySend.Ledger.Contract;

public sealed class ReadingFromSqlite() : Reading(new SqliteStore());

public sealed class ReadingFromPostgres(PostgresCluster cluster) : Reading(new PostgresStore(cluster));

public sealed class ReadingFromCluster(PostgresCluster cluster) : Reading(new ClusterStore(cluster));

public abstract class Reading(Store store) : Contract(store)
{
    [Fact]
    public async Task A_contact_is_read_as_it_was_known_at_a_position_and_at_an_instant()
    {
        var contact = await ContactAt(Anna);
        var first = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromDays(2));
        var second = await Ledger.AppendAsync(Request(new EntrySubject.Contact(contact), "refusal"));

        (await Ledger.ReadAsync(contact, AsKnown.At(first))).Entries.ShouldHaveSingleItem().Kind.ShouldBe("order");
        (await Ledger.ReadAsync(contact, AsKnown.At(first.AddTicks(-10)))).Entries.ShouldBeEmpty();
        (await Ledger.ReadAsync(contact, AsKnown.UpTo(second.Position!.Value.Seq - 1))).Entries.Count.ShouldBe(1);
        (await Ledger.ReadAsync(contact, AsKnown.UpTo(second.Position!.Value.Seq))).Entries.Count.ShouldBe(2);
        (await Ledger.ReadAsync(contact)).Entries.Select(entry => entry.Kind).ShouldBe(["order", "refusal"]);
    }

    [Fact]
    public async Task A_position_names_the_contacts_partition_and_the_controllers_chain()
    {
        var appended = await Ledger.AppendAsync(Order(Anna));
        await Ledger.AppendAsync([Request(new EntrySubject.Controller(), "campaign"), Request(new EntrySubject.Controller(), "campaign")]);
        var expected = new DecisionPosition(appended.Position!.Value, 2);
        (await Ledger.PositionAsync(appended.Contact!.Value)).ShouldBe(expected);
        (await Ledger.ReadAsync(appended.Contact!.Value)).Position.ShouldBe(expected);
        (await Ledger.PositionAsync(Partition.Controller)).Seq.ShouldBe(2);
        expected.ToString().ShouldBe($"{appended.Position!.Value.Partition.Number}:1+2");
    }

    [Fact]
    public async Task What_is_held_under_an_address_is_what_recognising_and_reading_it_give()
    {
        var contact = await ContactAt(Anna);
        var first = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromDays(2));
        await Ledger.AppendAsync([
            Request(new EntrySubject.Contact(contact), "refusal"),
            Request(new EntrySubject.Controller(), "campaign"),
            Order(Ben),
        ]);
        await Ledger.SuppressAsync(Anna, Json("""{"channels":"all"}"""));

        var found = await Ledger.FindAsync(Address.Email("ANNA@Example.com").Required());
        var (read, known) = (await Ledger.ReadAsync(contact), await Ledger.RecogniseAsync(Anna));
        var history = found.History.ShouldNotBeNull();
        (history.Contact, history.State, history.Position, found.Position).ShouldBe(
            (contact, ContactState.Known, read.Position, read.Position)
        );
        history
            .Entries.Select(entry =>
                (entry.Position, entry.Kind, Convert.ToHexString(entry.Content!.Payload.Span), Convert.ToHexString(entry.Hash.Span))
            )
            .ShouldBe(
                read.Entries.Select(entry =>
                    (entry.Position, entry.Kind, Convert.ToHexString(entry.Content!.Payload.Span), Convert.ToHexString(entry.Hash.Span))
                )
            );
        Convert
            .ToHexString(found.Suppressions.ShouldHaveSingleItem().Covers.Span)
            .ShouldBe(Convert.ToHexString(known.Suppressions[0].Covers.Span));
        (await Ledger.FindAsync(Anna, AsKnown.At(first))).History!.Entries.ShouldHaveSingleItem().Kind.ShouldBe("order");
    }

    [Fact]
    public async Task Many_addresses_are_found_as_each_of_them_alone()
    {
        var people = Enumerable.Range(0, 60).Select(number => Address.Email($"p{number}@example.com").Required()).ToList();
        foreach (var (number, address) in people.Take(40).Index())
            await Ledger.AppendAsync([.. Enumerable.Range(0, 1 + (number % 3)).Select(order => Order(address, $"{number}-{order}"))]);
        var first = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromDays(2));
        await Ledger.AppendAsync([Order(people[3], "late"), Order(people[45], "late"), Request(new EntrySubject.Controller(), "campaign")]);
        foreach (var stopping in new[] { people[2], people[3], people[50] })
            await Ledger.SuppressAsync(stopping, Json("""{"channels":"all"}"""));
        await Ledger.PlaceHoldAsync((await Ledger.FindAsync(people[4])).History!.Contact, "a claim");
        await Ledger.EraseAsync(Erase(people[5]));

        // Somebody may be asked about twice, and in any order.
        List<Address> asked = [.. people.AsEnumerable().Reverse(), people[3], people[50], people[3]];
        foreach (var asKnown in new[] { AsKnown.Now, AsKnown.At(first), AsKnown.UpTo(1) })
        {
            var found = await Ledger.FindAsync(asked, asKnown);
            found.Count.ShouldBe(asked.Count);
            foreach (var (address, one) in asked.Zip(found))
                Said(one).ShouldBe(Said(await Ledger.FindAsync(address, asKnown)), address.Verbatim);
        }

        (await Ledger.FindAsync([])).ShouldBeEmpty();

        static string Said(AddressHistory found) =>
            string.Join(
                '\n',
                [
                    $"{found.Position} {found.History?.Contact} {found.History?.State}",
                    .. (found.History?.Entries ?? []).Select(entry =>
                        $"{entry.Position} {entry.Kind} {entry.RecordedAt:O} {Convert.ToHexString(entry.Content!.Payload.Span)}"
                    ),
                    .. found.Suppressions.Select(one => $"{one.RecordedAt:O} {Convert.ToHexString(one.Covers.Span)}"),
                ]
            );
    }

    [Fact]
    public async Task An_address_that_nobody_recorded_holds_nothing_but_the_controllers_place()
    {
        await Ledger.AppendAsync([Order(Ben), Request(new EntrySubject.Controller(), "campaign")]);
        var found = await Ledger.FindAsync(Anna);
        (found.History, found.Suppressions.Count, found.Position).ShouldBe((null, 0, new DecisionPosition(default, 1)));
    }

    [Fact]
    public async Task A_partition_streams_in_order_from_any_place()
    {
        await Ledger.AppendAsync([.. Enumerable.Range(0, 2500).Select(i => Request(new EntrySubject.Controller(), "sent", $"{i}"))]);
        var all = await All(Ledger.StreamAsync(Partition.Controller));
        all.Select(entry => entry.Position.Seq).ShouldBe(Enumerable.Range(1, 2500).Select(i => (long)i));
        (await All(Ledger.StreamAsync(Partition.Controller, 2498))).Select(entry => entry.Position.Seq).ShouldBe([2499, 2500]);
    }

    [Fact]
    public async Task Every_contact_and_every_history_comes_once()
    {
        var addresses = Enumerable.Range(0, 1500).Select(i => Address.Email($"p{i}@example.com").Required()).ToList();
        await Ledger.AppendAsync([.. addresses.SelectMany(address => new[] { Order(address, "1"), Order(address, "2") })]);

        var contacts = await All(Ledger.ContactsAsync());
        contacts.Select(contact => contact.Address).ShouldBe(addresses, ignoreOrder: true);
        (await Ledger.CountContactsAsync()).ShouldBe(1500);
        contacts.Select(contact => contact.Partition).Distinct().Count().ShouldBeGreaterThan(200);

        var read = new List<ContactSince>();
        for (var partition = 0; partition < Partition.Contacts; partition++)
            read.AddRange((await Ledger.SinceAsync(new Partition(partition))).Contacts);
        read.Select(one => one.Contact).ShouldBe(contacts, ignoreOrder: true);
        read.ShouldAllBe(one => one.Entries.Count == 2);
        Should.NotThrow(() => read.ForEach(one => one.Require([])));
    }

    [Fact]
    public async Task After_a_mark_everybody_comes_with_what_was_recorded_since()
    {
        await Ledger.AppendAsync([Order(Anna, "1"), Order(Anna, "2")]);
        var (partition, anna) = await PlaceOf(Anna);
        var before = await Ledger.SinceAsync(partition);
        before.Contacts.ShouldHaveSingleItem().Entries.Count.ShouldBe(2);
        before.From.ShouldBe(default);

        await Ledger.AppendAsync(Order(Anna, "3"));
        var since = await Ledger.SinceAsync(partition, before.Head);
        (since.From.Seq, since.Position.Contact.Seq).ShouldBe((2, 3));
        var one = since.Contacts.ShouldHaveSingleItem();
        one.Contact.Id.ShouldBe(anna);
        one.Entries.ShouldHaveSingleItem().Position.Seq.ShouldBe(3);
        // Nothing since says anything of the rows in the index: what was said before counts.
        one.Stated.IsEmpty.ShouldBeTrue();
        Should.NotThrow(() => one.Require(before.Contacts[0].Stated.Span));
        Should.Throw<LedgerUnavailableException>(() => one.Require([]));
        (await Ledger.SinceAsync(partition, since.Head)).Contacts.ShouldHaveSingleItem().Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mark_that_the_chain_does_not_lead_over_gives_everything()
    {
        await Ledger.AppendAsync([Order(Anna, "1"), Order(Anna, "2")]);
        var (partition, _) = await PlaceOf(Anna);
        var head = (await Ledger.SinceAsync(partition)).Head;
        ChainMark[] others =
        [
            head with
            {
                Hash = new byte[32],
            },
            head with
            {
                Seq = 1,
            },
            head with
            {
                Seq = 3,
            },
            head with
            {
                Hash = default,
            },
        ];
        foreach (var other in others)
        {
            var since = await Ledger.SinceAsync(partition, other);
            since.From.ShouldBe(default);
            since.Contacts.ShouldHaveSingleItem().Entries.Count.ShouldBe(2);
        }
    }

    [Fact]
    public async Task Suppressions_of_several_addresses_are_those_of_each()
    {
        await Ledger.AppendAsync(Order(Ben));
        await Ledger.SuppressAsync(Anna, Json("""{"channels":"all"}"""));
        await Ledger.SuppressAsync(Ben, Json("""{"channels":"email"}"""));
        await Ledger.SuppressAsync(Ben, Json("""{"channels":"sms"}"""));
        var nobody = Address.Email("nobody@example.com").Required();
        var kept = await Ledger.SuppressionsAsync([Ben, nobody, Anna, Ben]);
        kept.Select(of => of.Count).ShouldBe([2, 0, 1, 2]);
        foreach (var (address, of) in new[] { Ben, nobody, Anna, Ben }.Zip(kept))
            of.Select(one => Convert.ToHexString(one.Covers.Span))
                .ShouldBe((await Ledger.RecogniseAsync(address)).Suppressions.Select(one => Convert.ToHexString(one.Covers.Span)));
        (await Ledger.SuppressionsAsync([])).ShouldBeEmpty();
    }

    async Task<(Partition Partition, ContactId Contact)> PlaceOf(Address address)
    {
        var contact = (await Ledger.RecogniseAsync(address)).Contact.ShouldNotBeNull();
        return ((await Ledger.PositionAsync(contact)).Contact.Partition, contact);
    }

    [Fact]
    public async Task Linked_addresses_are_one_person_however_they_were_joined()
    {
        var (a, b) = (await ContactAt(Anna), await ContactAt(Ben));
        var c = await ContactAt(Address.Telephone("+44 20 7946 0018").Required());
        var d = await ContactAt(Address.Email("d@example.com").Required());
        (await Ledger.LinkAsync(a, b)).ShouldBeTrue();
        (await Ledger.LinkAsync(c, d)).ShouldBeTrue();
        (await Ledger.LinkAsync(b, c)).ShouldBeTrue();
        (await Ledger.LinkedAsync(a)).ShouldBe([b, c, d], ignoreOrder: true);
        (await Ledger.LinkedAsync(d)).ShouldBe([a, b, c], ignoreOrder: true);
        (await Ledger.LinkAsync(a, ContactId.New())).ShouldBeFalse();
    }
}
