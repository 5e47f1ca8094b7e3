using System.Text;
using CsCheck;
using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Ledger.Contract.Stores;

namespace MaySend.Ledger.Contract;

public sealed class ErasingFromSqlite() : Erasing(new SqliteStore())
{
    [Fact]
    public async Task Nothing_of_the_address_or_its_key_is_left_in_the_file()
    {
        for (var i = 0; i < 300; i++)
            await ContactAt(Address.Email($"p{i}@example.com").Required());
        var traces = new List<byte[]>();
        for (var i = 100; i < 160; i++)
            traces.AddRange(
                await ((SqliteStore)Store).TracesAsync(
                    (await Ledger.RecogniseAsync(Address.Email($"p{i}@example.com").Required())).Contact!.Value
                )
            );
        traces.Count.ShouldBe(180);
        for (var i = 100; i < 160; i++)
            (await Ledger.EraseAsync(Erase(Address.Email($"p{i}@example.com").Required()))).ShouldBe(
                new ErasureOutcome.Erased(1, ResidueCleared: true)
            );

        foreach (var file in new[] { ((SqliteStore)Store).Database, ((SqliteStore)Store).Database + "-wal" }.Where(File.Exists))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes);
            traces.Count(trace => bytes.AsSpan().IndexOf(trace) >= 0).ShouldBe(0, file);
        }
    }
}

public sealed class ErasingFromPostgres(PostgresCluster cluster) : Erasing(new PostgresStore(cluster));

public sealed class ErasingFromCluster(PostgresCluster cluster) : Erasing(new ClusterStore(cluster));

public abstract class Erasing(Store store) : Contract(store)
{
    [Fact]
    public async Task Erasure_keeps_the_suppression()
    {
        var names = Gen.Char["abcxyz019"].Array[1, 8].Select(chars => new string(chars));
        var step = Gen.Select(names, Gen.Int[0, 3], Gen.Bool);
        var steps = step.List[1, 25];
        var erased = new HashSet<Address>();
        await steps.SampleAsync(
            async list =>
            {
                foreach (var (name, orders, erase) in list)
                {
                    var address = Address.Email($"{name}@property.example").Required();
                    for (var i = 0; i < orders; i++)
                        ((await Ledger.AppendAsync(Order(address, $"{i}", $"file:{i}"))).Outcome == AppendOutcome.Suppressed).ShouldBe(
                            erased.Contains(address)
                        );
                    if (erase)
                    {
                        (await Ledger.EraseAsync(Erase(address))).ShouldBeOfType<ErasureOutcome.Erased>();
                        erased.Add(address);
                    }

                    var seen = await Ledger.RecogniseAsync(address);
                    if (erased.Contains(address))
                    {
                        seen.Contact.ShouldBeNull();
                        seen.Suppressions.ShouldNotBeEmpty();
                    }
                }
            },
            iter: 10,
            threads: 1
        );
        await AssertSoundAsync();
    }

    [Fact]
    public async Task After_an_erasure_the_same_address_finds_the_suppression_and_nothing_else()
    {
        var before = await Ledger.AppendAsync([Order(Anna, "1", "orders.csv:1"), Order(Anna, "2", "orders.csv:2"), Order(Ben)]);
        var anna = before[0].Contact!.Value;
        Clock.Advance(TimeSpan.FromDays(1));
        var outcome = (await Ledger.EraseAsync(Erase(Anna))).ShouldBeOfType<ErasureOutcome.Erased>();
        outcome.Contacts.ShouldBe(1);
        await ReopenAsync();

        var seen = await Ledger.RecogniseAsync(Address.Email("ANNA@Example.com").Required());
        seen.Contact.ShouldBeNull();
        var suppression = seen.Suppressions.ShouldHaveSingleItem();
        Encoding.UTF8.GetString(suppression.Covers.Span).ShouldBe("""{"channels":"all"}""");
        suppression.RecordedAt.ShouldBe(Clock.GetUtcNow());
        var found = await Ledger.FindAsync(Anna);
        (found.History, found.Suppressions.Count).ShouldBe((null, 1));

        (await Ledger.AppendAsync(Order(Anna, "1", "orders.csv:1"))).ShouldBe(new Appended(AppendOutcome.Suppressed, null, null));
        (await Ledger.AppendAsync(Request(new EntrySubject.Contact(anna)))).Outcome.ShouldBe(AppendOutcome.ContactErased);
        (await Ledger.ContactAsync(anna)).ShouldBeNull();
        var history = await Ledger.ReadAsync(anna);
        history.State.ShouldBe(ContactState.Erased);
        history.Entries.ShouldBeEmpty();
        (await All(Ledger.ContactsAsync())).ShouldHaveSingleItem().Address.ShouldBe(Ben);
        (await Ledger.CountContactsAsync()).ShouldBe(1);

        var streamed = await All(Ledger.StreamAsync(before[0].Position!.Value.Partition));
        streamed.Where(entry => entry.Contact == anna).ShouldAllBe(entry => entry.Content == null);
        (await Ledger.SinceAsync(before[0].Position!.Value.Partition)).Contacts.ShouldNotContain(one => one.Contact.Id == anna);
        (await Ledger.ReadControllerAsync()).ShouldHaveSingleItem().Kind.ShouldBe("contact-erased");
        await AssertSoundAsync();
    }

    [Fact]
    public async Task Who_comes_back_by_an_act_of_their_own_is_a_new_contact_and_the_suppression_stays()
    {
        var first = await ContactAt(Anna);
        await Ledger.EraseAsync(Erase(Anna));
        var back = await Ledger.AppendAsync(Request(new EntrySubject.At(Anna) { DespiteSuppression = true }, "consent"));
        back.Outcome.ShouldBe(AppendOutcome.Added);
        back.Contact.ShouldNotBe(first);
        var seen = await Ledger.RecogniseAsync(Anna);
        seen.Contact.ShouldBe(back.Contact);
        seen.Suppressions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_address_nobody_knew_is_suppressed_all_the_same_and_twice_is_once()
    {
        (await Ledger.EraseAsync(Erase(Anna))).ShouldBeOfType<ErasureOutcome.Erased>().Contacts.ShouldBe(0);
        await Ledger.SuppressAsync(Anna, Json("""{"channels":"all"}"""));
        await Ledger.SuppressAsync(Anna, Json("""{"channels":"email"}"""));
        (await Ledger.RecogniseAsync(Anna)).Suppressions.Count.ShouldBe(2);
        (await Ledger.AppendAsync(Order(Anna))).Outcome.ShouldBe(AppendOutcome.Suppressed);
        await AssertSoundAsync();
    }

    [Fact]
    public async Task Forgetting_a_person_forgets_every_linked_address()
    {
        var (anna, ben) = (await ContactAt(Anna), await ContactAt(Ben));
        await Ledger.LinkAsync(anna, ben);
        (await Ledger.EraseAsync(Erase(Anna) with { WithLinked = true })).ShouldBeOfType<ErasureOutcome.Erased>().Contacts.ShouldBe(2);
        (await Ledger.RecogniseAsync(Ben)).Suppressions.Count.ShouldBe(1);
        (await Ledger.RecogniseAsync(Ben)).Contact.ShouldBeNull();
        (await Ledger.AppendAsync(Order(Ben))).Outcome.ShouldBe(AppendOutcome.Suppressed);
    }

    [Fact]
    public async Task A_legal_hold_refuses_an_erasure_until_it_is_lifted()
    {
        var (anna, ben) = (await ContactAt(Anna), await ContactAt(Ben));
        await Ledger.LinkAsync(anna, ben);
        var hold = (await Ledger.PlaceHoldAsync(ben, "claim 17")).ShouldNotBeNull();
        await ReopenAsync();
        (await Ledger.EraseAsync(Erase(Anna) with { WithLinked = true }))
            .ShouldBeOfType<ErasureOutcome.Held>()
            .Holds.ShouldHaveSingleItem()
            .Reason.ShouldBe("claim 17");
        (await Ledger.RecogniseAsync(Anna)).Contact.ShouldBe(anna);
        (await Ledger.HoldsAsync(ben)).ShouldBe([hold]);
        (await Ledger.LiftHoldAsync(anna, hold.Number)).ShouldBeFalse();
        (await Ledger.LiftHoldAsync(ben, hold.Number)).ShouldBeTrue();
        (await Ledger.EraseAsync(Erase(Ben))).ShouldBeOfType<ErasureOutcome.Erased>();
        (await Ledger.PlaceHoldAsync(ben, "too late")).ShouldBeNull();
    }

    [Fact]
    public async Task Retention_lists_who_has_been_idle_longest_first_and_who_is_on_hold()
    {
        var anna = await ContactAt(Anna);
        Clock.Advance(TimeSpan.FromDays(400));
        var ben = await ContactAt(Ben);
        Clock.Advance(TimeSpan.FromDays(400));
        var active = await ContactAt(Address.Email("active@example.com").Required());
        await Ledger.PlaceHoldAsync(ben, "claim");
        var idle = await Ledger.IdleContactsAsync(Clock.GetUtcNow().AddDays(-30));
        idle.Select(one => (one.Id, one.OnHold)).ShouldBe([(anna, false), (ben, true)]);
        await Ledger.AppendAsync(Request(new EntrySubject.Contact(anna), "touch"));
        (await Ledger.IdleContactsAsync(Clock.GetUtcNow().AddDays(-30))).Select(one => one.Id).ShouldBe([ben]);
        (await Ledger.IdleContactsAsync(Clock.GetUtcNow().AddDays(1))).Select(one => one.Id).ShouldContain(active);
    }
}
