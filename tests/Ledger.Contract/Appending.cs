using System.Text;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Ledger.Contract.Stores;

namespace MaySend.Ledger.Contract;

public sealed class AppendingToSqlite() : Appending(new SqliteStore());

public sealed class AppendingToPostgres(PostgresCluster cluster) : Appending(new PostgresStore(cluster));

public sealed class AppendingToCluster(PostgresCluster cluster) : Appending(new ClusterStore(cluster));

public abstract class Appending(Store store) : Contract(store)
{
    [Fact]
    public async Task An_entry_is_read_as_it_was_written()
    {
        var source = new EntrySource(new string('a', 64), 17);
        var appended = await Ledger.AppendAsync(Order(Anna) with { Source = source, Payload = Json("""{"töpfe":2}""") });
        appended.Outcome.ShouldBe(AppendOutcome.Added);
        await ReopenAsync();

        var history = await Ledger.ReadAsync(appended.Contact!.Value);
        history.State.ShouldBe(ContactState.Known);
        var entry = history.Entries.ShouldHaveSingleItem();
        entry.Position.ShouldBe(appended.Position!.Value);
        entry.Position.Seq.ShouldBe(1);
        entry.Kind.ShouldBe("order");
        entry.RecordedAt.ShouldBe(Clock.GetUtcNow());
        var content = entry.Content.ShouldNotBeNull();
        content.HappenedAt.ShouldBe(new(2025, 5, 2, 9, 30, 0, TimeSpan.FromHours(1)));
        content.HappenedAt.Offset.ShouldBe(TimeSpan.FromHours(1));
        content.By.ShouldBe("import");
        content.Source.ShouldBe(source);
        Encoding.UTF8.GetString(content.Payload.Span).ShouldBe("""{"töpfe":2}""");
    }

    [Fact]
    public async Task Every_form_of_one_address_is_one_contact()
    {
        var first = await Ledger.AppendAsync(Order(Address.Email("Anna@Bücher.Example").Required()));
        var second = await Ledger.AppendAsync(Order(Address.Email("anna@xn--bcher-kva.example").Required(), "10443"));
        second.Contact.ShouldBe(first.Contact);
        (await Ledger.ContactAsync(first.Contact!.Value)).ShouldNotBeNull().Address.Verbatim.ShouldBe("Anna@Bücher.Example");
        (await Ledger.RecogniseAsync(Address.Email("anna+shop@xn--bcher-kva.example").Required())).Contact.ShouldBeNull();
    }

    [Fact]
    public async Task The_same_idempotency_key_adds_nothing_and_returns_the_first_position()
    {
        var first = await Ledger.AppendAsync(Order(Anna, "1", "file-a:1"));
        await Ledger.AppendAsync(Order(Anna, "2", "file-a:2"));
        await ReopenAsync();
        var again = await Ledger.AppendAsync(Order(Anna, "1", "file-a:1"));
        again.Outcome.ShouldBe(AppendOutcome.AlreadyThere);
        again.Position.ShouldBe(first.Position);
        again.Contact.ShouldBe(first.Contact);
        (await Ledger.ReadAsync(first.Contact!.Value)).Entries.Count.ShouldBe(2);
        (await Ledger.AppendAsync(Order(Ben, "1", "file-a:1"))).Outcome.ShouldBe(AppendOutcome.Added);
    }

    [Fact]
    public async Task A_duplicate_inside_one_batch_is_found_as_well()
    {
        var appended = await Ledger.AppendAsync([Order(Anna, "1", "k"), Order(Anna, "1", "k"), Order(Anna, "2", "other")]);
        appended.Select(one => one.Outcome).ShouldBe([AppendOutcome.Added, AppendOutcome.AlreadyThere, AppendOutcome.Added]);
        appended.Select(one => one.Position!.Value.Seq).ShouldBe([1, 1, 2]);
        appended.Select(one => one.Contact).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Producers_at_the_same_time_get_contiguous_numbers_and_one_contact_for_one_address()
    {
        var appended = await Task.WhenAll(
            Enumerable
                .Range(0, 400)
                .Select(async i =>
                {
                    await Task.Yield();
                    return await Ledger.AppendAsync(Order(i % 2 == 0 ? Anna : Address.Email($"p{i % 20}@example.com").Required(), $"{i}"));
                })
        );
        appended.Where((_, i) => i % 2 == 0).Select(one => one.Contact).Distinct().Count().ShouldBe(1);
        foreach (var partition in appended.GroupBy(one => one.Position!.Value.Partition))
            partition.Select(one => one.Position!.Value.Seq).Order().ShouldBe(Enumerable.Range(1, partition.Count()).Select(i => (long)i));
    }

    [Fact]
    public async Task The_controllers_entries_have_a_chain_of_their_own()
    {
        var appended = await Ledger.AppendAsync(Request(new EntrySubject.Controller(), "campaign", key: "spring"));
        appended.Position.ShouldBe(new LedgerPosition(Partition.Controller, 1));
        appended.Contact.ShouldBeNull();
        (await Ledger.AppendAsync(Request(new EntrySubject.Controller(), "campaign", key: "spring"))).Outcome.ShouldBe(
            AppendOutcome.AlreadyThere
        );
        var entry = (await Ledger.ReadControllerAsync()).ShouldHaveSingleItem();
        entry.Contact.ShouldBeNull();
        entry.Content.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_id_nobody_has_is_an_answer_and_not_a_contact()
    {
        var id = ContactId.New();
        (await Ledger.AppendAsync(Request(new EntrySubject.Contact(id)))).Outcome.ShouldBe(AppendOutcome.ContactUnknown);
        (await Ledger.ReadAsync(id)).State.ShouldBe(ContactState.Unknown);
    }

    [Fact]
    public async Task Recorded_at_never_runs_backwards_though_the_clock_does()
    {
        var contact = await ContactAt(Anna);
        Clock.AdjustTime(Clock.GetUtcNow().AddHours(-3));
        await Ledger.AppendAsync(Request(new EntrySubject.Contact(contact)));
        await ReopenAsync();
        await Ledger.AppendAsync(Request(new EntrySubject.Contact(contact)));
        var times = (await Ledger.ReadAsync(contact)).Entries.Select(entry => entry.RecordedAt).ToList();
        times.ShouldBe([.. times.Order()]);
        times.Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Entries_of_one_batch_open_again_whoever_they_follow()
    {
        // One contact's entries that follow each other share a cipher; those of another in between do not.
        AppendRequest[] batch =
        [
            Order(Anna, "1", "one"),
            Order(Anna, "2", "two"),
            Order(Ben, "3", "one"),
            Order(Anna, "4", "one"),
            Order(Ben, "5"),
        ];
        (await Ledger.AppendAsync(batch))
            .Select(answer => answer.Outcome)
            .ShouldBe([AppendOutcome.Added, AppendOutcome.Added, AppendOutcome.Added, AppendOutcome.AlreadyThere, AppendOutcome.Added]);
        foreach (var (address, requests) in new[] { (Anna, batch[..2]), (Ben, [batch[2], batch[4]]) })
            (await Ledger.FindAsync(address))
                .History!.Entries.Select(entry => Encoding.UTF8.GetString(entry.Content!.Payload.Span))
                .ShouldBe(requests.Select(request => Encoding.UTF8.GetString(request.Payload.Span)));
    }

    [Fact]
    public async Task Several_addresses_are_recognised_as_one_by_one()
    {
        await Ledger.AppendAsync(Order(Anna));
        await Ledger.SuppressAsync(Ben, Json("{}"));
        Address[] asked = [Ben, Address.Email("carl@example.com").Required(), Anna, Ben];
        var together = await Ledger.RecogniseAsync(asked);
        together.Count.ShouldBe(asked.Length);
        for (var i = 0; i < asked.Length; i++)
        {
            var alone = await Ledger.RecogniseAsync(asked[i]);
            together[i].Contact.ShouldBe(alone.Contact);
            together[i].Suppressions.Select(one => one.RecordedAt).ShouldBe(alone.Suppressions.Select(one => one.RecordedAt));
        }
        together.Select(one => (one.Contact is not null, one.Suppressions.Count)).ShouldBe([(false, 1), (false, 0), (true, 0), (false, 1)]);
    }

    [Fact]
    public async Task What_the_program_itself_records_may_be_longer_than_what_anybody_else_does()
    {
        var text = Json($"\"{new string('a', 3 * AppendRequest.GreatestPayload)}\"");
        var manifest = Request(new EntrySubject.Controller(), "audience-screened") with { Payload = text };
        await Should.ThrowAsync<ArgumentException>(async () => await Ledger.AppendAsync(manifest));
        await Ledger.AppendAsync(manifest with { Rights = Rights.System });
        var read = (await Ledger.ReadControllerAsync()).ShouldHaveSingleItem().Content.ShouldNotBeNull();
        read.Payload.Span.SequenceEqual(text).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_out_of_range_is_refused_before_anything_is_written()
    {
        await Should.ThrowAsync<ArgumentException>(async () =>
            await Ledger.AppendAsync([Order(Anna), Request(new EntrySubject.Controller(), "Not A Kind")])
        );
        await Should.ThrowAsync<ArgumentException>(async () =>
            await Ledger.AppendAsync(Order(Anna) with { Payload = new byte[AppendRequest.GreatestPayload + 1] })
        );
        var byTheProgram = Request(new EntrySubject.Controller()) with { Rights = Rights.System };
        await Should.ThrowAsync<ArgumentException>(async () =>
            await Ledger.AppendAsync(byTheProgram with { Payload = new byte[AppendRequest.GreatestOwnPayload + 1] })
        );
        await Should.ThrowAsync<ArgumentException>(async () => await Ledger.AppendAsync(Order(Anna) with { Source = new("abc", 1) }));
        (await Ledger.RecogniseAsync(Anna)).Contact.ShouldBeNull();
    }

    [Fact]
    public async Task A_closed_ledger_says_so()
    {
        await Ledger.DisposeAsync();
        (await Should.ThrowAsync<LedgerUnavailableException>(async () => await Ledger.AppendAsync(Order(Anna)))).Because.ShouldBe(
            UnavailableBecause.Closed
        );
        (await Should.ThrowAsync<LedgerUnavailableException>(async () => await Ledger.RecogniseAsync(Anna))).Because.ShouldBe(
            UnavailableBecause.Closed
        );
    }
}
