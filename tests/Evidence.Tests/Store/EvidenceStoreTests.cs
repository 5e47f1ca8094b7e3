using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;
using MaySend.Stores;

namespace MaySend.Evidence.Tests.Store;

public sealed class EvidenceStoreTests
{
    [Fact]
    public async Task An_address_nobody_recorded_has_an_empty_dossier_that_names_its_position()
    {
        await using var folder = await StoreFolder.CreateAsync();
        await folder.Store.RecordAsync(new SenderDeclared("lantern-ltd"), Actor.Runner("dpo"));
        var dossier = await folder.Store.FindAsync(StoreFolder.Anna);
        dossier.State.ShouldBe(DossierState.Unknown);
        dossier.Contact.ShouldBeNull();
        dossier.ForDecision.ShouldBeEmpty();
        dossier.Position.ToString().ShouldBe("0:0+1");
    }

    [Fact]
    public async Task An_entry_comes_back_with_who_recorded_it_when_and_from_where()
    {
        await using var folder = await StoreFolder.CreateAsync();
        var source = new EntrySource(new string('a', 64), 17);
        var appended = await folder.Store.RecordAsync(StoreFolder.Anna, StoreFolder.Order(), Actor.Runner("import"), source, "order:10442");
        (
            await folder.Store.RecordAsync(StoreFolder.Anna, StoreFolder.Order(), Actor.Runner("import"), source, "order:10442")
        ).Outcome.ShouldBe(AppendOutcome.AlreadyThere);
        await folder.ReopenAsync();
        var recorded = (await folder.Store.FindAsync(StoreFolder.Anna)).Entries.ShouldHaveSingleItem();
        recorded.Position.ShouldBe(appended.Position!.Value);
        recorded.RecordedAt.ShouldBe(folder.Clock.GetUtcNow());
        recorded.By.ShouldBe("import");
        recorded.Source.ShouldBe(source);
        ((DetailsCollected)recorded.Entry).Id.ShouldBe("10442");
    }

    [Fact]
    public async Task A_past_position_and_a_past_instant_show_what_was_known_then()
    {
        await using var folder = await StoreFolder.CreateAsync();
        await folder.Store.RecordAsync(StoreFolder.Anna, StoreFolder.Order(), Actor.Runner("import"));
        var then = await folder.Store.FindAsync(StoreFolder.Anna);
        var moment = folder.Clock.GetUtcNow();
        folder.Clock.Advance(TimeSpan.FromDays(2));
        await folder.Store.RecordAsync(StoreFolder.Anna, StoreFolder.OptOut(), Actor.Runner("server"));
        (await folder.Store.FindAsync(StoreFolder.Anna)).Entries.Length.ShouldBe(2);
        (await folder.Store.FindAsync(StoreFolder.Anna, then.Position))
            .Entries.ShouldHaveSingleItem()
            .Entry.ShouldBeOfType<DetailsCollected>();
        (await folder.Store.FindAsync(StoreFolder.Anna, AsKnown.At(moment))).Entries.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_controllers_record_follows_its_chain_and_can_be_asked_as_it_was()
    {
        await using var folder = await StoreFolder.CreateAsync();
        (await folder.Store.ControllerAsync()).Senders.ShouldBeEmpty();
        await folder.Store.RecordAsync(new SenderDeclared("lantern-ltd") { Name = "Lantern" }, Actor.Runner("dpo"));
        var first = await folder.Store.ControllerAsync();
        first.Senders["lantern-ltd"].Name.ShouldBe("Lantern");
        (await folder.Store.ControllerAsync()).ShouldBeSameAs(first);
        await folder.Store.RecordAsync(new SenderDeclared("lantern-ltd") { Name = "Lantern Ltd" }, Actor.Runner("dpo"));
        (await folder.Store.ControllerAsync()).Senders["lantern-ltd"].Name.ShouldBe("Lantern Ltd");
        (await folder.Store.ControllerAsync(AsKnown.UpTo(1))).Senders["lantern-ltd"].Name.ShouldBe("Lantern");
    }

    [Fact]
    public async Task Every_dossier_comes_once_with_its_address()
    {
        await using var folder = await StoreFolder.CreateAsync();
        var addresses = Enumerable.Range(0, 300).Select(i => Ledger.Identity.Address.Email($"p{i}@example.com").Required()).ToList();
        await folder.Store.RecordAsync([
            .. addresses.Select(address => new NewEntry(address, StoreFolder.Order(), Actor.Runner("import"))),
        ]);
        var all = new List<Dossier>();
        await foreach (var dossier in folder.Store.DossiersAsync())
            all.Add(dossier);
        all.Select(dossier => dossier.Address).ShouldBe(addresses, ignoreOrder: true);
        all.ShouldAllBe(dossier => dossier.Entries.Length == 1);
    }

    [Fact]
    public async Task An_entry_of_an_unknown_kind_is_never_passed_over()
    {
        await using var folder = await StoreFolder.CreateAsync();
        await folder.Store.Ledger.AppendAsync(
            new AppendRequest
            {
                Subject = new EntrySubject.At(StoreFolder.Anna),
                Kind = "stop-of-tomorrow",
                HappenedAt = folder.Clock.GetUtcNow(),
                By = "newer",
                Payload = "{}"u8.ToArray(),
            }
        );
        var fault = await Should.ThrowAsync<LedgerUnavailableException>(async () => await folder.Store.FindAsync(StoreFolder.Anna));
        fault.Message.ShouldContain("stop-of-tomorrow");
    }

    [Fact]
    public async Task A_store_is_made_once_and_opened_only_where_it_is()
    {
        await using var folder = await StoreFolder.CreateAsync();
        EvidenceStores.Exists(folder.Path).ShouldBeTrue();
        await Should.ThrowAsync<LedgerUnavailableException>(() => EvidenceStores.CreateAsync(folder.Path));
        await Should.ThrowAsync<LedgerUnavailableException>(() => EvidenceStores.OpenAsync(Path.Combine(folder.Path, "elsewhere")));
        await Should.ThrowAsync<LedgerKeyException>(() =>
            EvidenceStores.OpenAsync(folder.Path, keyFile: Path.Combine(folder.Path, "lost.json"))
        );
    }

    [Fact]
    public async Task A_server_is_told_from_a_folder_and_one_that_is_not_there_is_no_empty_store()
    {
        foreach (
            var location in new[]
            {
                "postgres://clerk:s%20t@127.0.0.1:1/evidence",
                "Host=127.0.0.1;Port=1;Username=clerk;Database=evidence",
            }
        )
            (await Should.ThrowAsync<LedgerUnavailableException>(() => EvidenceStores.CreateAsync(location))).Because.ShouldBe(
                UnavailableBecause.Unreachable
            );
        Directory.Exists(EvidenceStores.DefaultFolder).ShouldBeFalse();
    }
}
