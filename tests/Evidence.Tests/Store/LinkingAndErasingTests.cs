using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Store;

public sealed class LinkingAndErasingTests
{
    static readonly Address Work = Address.Email("anna@work.example").Required();
    static readonly Address Phone = Address.Telephone("+44 20 7946 0018").Required();

    [Fact]
    public async Task Linking_carries_every_stop_to_both_addresses_and_no_permission()
    {
        await using var folder = await StoreFolder.CreateAsync();
        await folder.Store.RecordAsync(StoreFolder.Anna, StoreFolder.OptOut(), Actor.Runner("server"));
        await folder.Store.RecordAsync(
            StoreFolder.Anna,
            new ConsentAnswered(StoreFolder.Day(2026, 1, 1), "form 1") { Act = "unticked-box" },
            Actor.Runner("server")
        );
        await folder.Store.RecordAsync(Work, StoreFolder.Order() with { Refused = true }, Actor.Runner("import"));
        (await folder.Store.LinkAsync(StoreFolder.Anna, Work, Actor.Runner("clerk"))).ShouldBeTrue();

        var work = (await folder.Store.FindAsync(Work)).ForDecision;
        work.OfType<RefusalMade>().ShouldHaveSingleItem().Channels.ShouldBe(NameSet.Of("email"));
        work.OfType<ConsentAnswered>().ShouldBeEmpty();
        (await folder.Store.FindAsync(StoreFolder.Anna))
            .ForDecision.OfType<RefusalMade>()
            .Select(refusal => refusal.Kind)
            .ShouldBe(["refusal", "at-collection"]);
    }

    [Fact]
    public async Task A_stop_after_linking_reaches_every_address_and_linking_again_adds_nothing()
    {
        await using var folder = await StoreFolder.CreateAsync();
        foreach (var address in new[] { StoreFolder.Anna, Work, Phone })
            await folder.Store.RecordAsync(address, StoreFolder.Order(), Actor.Runner("import"));
        await folder.Store.LinkAsync(StoreFolder.Anna, Work, Actor.Runner("clerk"));
        await folder.Store.LinkAsync(Work, Phone, Actor.Runner("clerk"));
        await folder.Store.RecordAsync(Phone, StoreFolder.OptOut(), Actor.Runner("server"), idempotencyKey: "link 1");
        await folder.Store.RecordAsync(Phone, StoreFolder.OptOut(), Actor.Runner("server"), idempotencyKey: "link 1");
        await folder.Store.LinkAsync(StoreFolder.Anna, Phone, Actor.Runner("clerk"));
        await folder.Store.LinkAsync(StoreFolder.Anna, Phone, Actor.Runner("clerk"));
        foreach (var address in new[] { StoreFolder.Anna, Work, Phone })
            (await folder.Store.FindAsync(address)).ForDecision.OfType<RefusalMade>().Count().ShouldBe(1, address.Verbatim);
    }

    [Fact]
    public async Task An_opt_out_on_one_form_of_a_number_binds_every_other()
    {
        await using var folder = await StoreFolder.CreateAsync();
        var (home, abroad) = (Address.Telephone("+39 0333 123 4567").Required(), Address.Telephone("+39 333 1234567").Required());
        await folder.Store.RecordAsync(home, StoreFolder.OptOut(), Actor.Runner("server"));
        (await folder.Store.FindAsync(abroad)).ForDecision.OfType<RefusalMade>().ShouldHaveSingleItem();
        await folder.Store.RecordAsync(abroad, StoreFolder.Order(), Actor.Runner("import"));
        (await folder.Store.FindAsync(home)).Contact.ShouldBe((await folder.Store.FindAsync(abroad)).Contact);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_contacts_that_an_older_build_made_of_one_number_share_their_opt_outs(bool isOlderStopped)
    {
        await using var folder = await StoreFolder.CreateAsync();
        var older = Address.Recorded(AddressKind.Telephone, "+971 050 123 4567").Required();
        var now = Address.Telephone("+971 50 123 4567").Required();
        foreach (var address in new[] { older, now })
            await folder.Store.RecordAsync(address, StoreFolder.Order(), Actor.Runner("import"));
        await folder.Store.RecordAsync(isOlderStopped ? older : now, StoreFolder.OptOut(), Actor.Runner("server"));
        var dossiers = new List<Dossier>();
        await foreach (var dossier in folder.Store.DossiersAsync())
            dossiers.Add(dossier);
        dossiers.Count.ShouldBe(2);
        dossiers.Add(await folder.Store.FindAsync(Address.Telephone("+971 (0)50 1234567").Required()));
        dossiers.ShouldAllBe(dossier => dossier.ForDecision.OfType<RefusalMade>().Count() == 1);
    }

    [Fact]
    public async Task Two_requests_that_share_an_id_are_both_carried()
    {
        await using var folder = await StoreFolder.CreateAsync();
        await folder.Store.RecordAsync(StoreFolder.Anna, StoreFolder.OptOut("row 3"), Actor.Runner("import"));
        await folder.Store.RecordAsync(
            StoreFolder.Anna,
            StoreFolder.OptOut("row 3") with
            {
                Channels = NameSet.Of("sms"),
            },
            Actor.Runner("import")
        );
        await folder.Store.RecordAsync(Work, StoreFolder.Order(), Actor.Runner("import"));
        await folder.Store.LinkAsync(Work, StoreFolder.Anna, Actor.Runner("clerk"));
        (await folder.Store.FindAsync(Work))
            .ForDecision.OfType<RefusalMade>()
            .SelectMany(refusal => refusal.Channels!.Names)
            .ShouldBe(["email", "sms"], ignoreOrder: true);
    }

    [Fact]
    public async Task Taking_a_stop_back_reaches_its_copies_from_either_side()
    {
        await using var folder = await StoreFolder.CreateAsync();
        foreach (var address in new[] { StoreFolder.Anna, Work })
            await folder.Store.RecordAsync(address, StoreFolder.Order(), Actor.Runner("import"));
        await folder.Store.LinkAsync(StoreFolder.Anna, Work, Actor.Runner("clerk"));
        await folder.Store.RecordAsync(StoreFolder.Anna, StoreFolder.OptOut(), Actor.Runner("server"));
        var copy = (await folder.Store.FindAsync(Work)).ForDecision.OfType<RefusalMade>().Single();
        await folder.Store.RecordAsync(
            Work,
            new RefusalRetracted(StoreFolder.Day(2026, 1, 5), "undo", copy.Id),
            Actor.Runner("server").AsSystem()
        );
        foreach (var address in new[] { StoreFolder.Anna, Work })
            RefusalsThatStand(await folder.Store.FindAsync(address)).ShouldBe(0, address.Verbatim);
    }

    [Fact]
    public async Task Linking_with_someone_erased_makes_the_other_refuse_too()
    {
        await using var folder = await StoreFolder.CreateAsync();
        await folder.Store.RecordAsync(StoreFolder.Anna, StoreFolder.Order(), Actor.Runner("import"));
        await folder.Store.EraseAsync(StoreFolder.Anna, Actor.Runner("dpo"), "asked by letter");
        await folder.Store.RecordAsync(Work, StoreFolder.Order(), Actor.Runner("import"));
        (await folder.Store.LinkAsync(Work, StoreFolder.Anna, Actor.Runner("clerk"))).ShouldBeFalse();
        (await folder.Store.FindAsync(Work)).ForDecision.OfType<RefusalMade>().ShouldHaveSingleItem().Kind.ShouldBe("objection");
    }

    [Fact]
    public async Task Erasure_keeps_the_suppression_and_nothing_else_is_found()
    {
        await using var folder = await StoreFolder.CreateAsync();
        await folder.Store.RecordAsync(StoreFolder.Anna, StoreFolder.Order(), Actor.Runner("import"));
        await folder.Store.RecordAsync(Work, StoreFolder.Order(), Actor.Runner("import"));
        await folder.Store.LinkAsync(StoreFolder.Anna, Work, Actor.Runner("clerk"));
        (await folder.Store.EraseAsync(StoreFolder.Anna, Actor.Runner("dpo"), "asked by letter"))
            .ShouldBeOfType<ErasureOutcome.Erased>()
            .Contacts.ShouldBe(2);
        await folder.ReopenAsync();
        foreach (var address in new[] { StoreFolder.Anna, Work })
        {
            (await folder.Store.RecordAsync(address, StoreFolder.Order("again"), Actor.Runner("import"))).Outcome.ShouldBe(
                AppendOutcome.Suppressed
            );
            var dossier = await folder.Store.FindAsync(address);
            dossier.State.ShouldBe(DossierState.Suppressed);
            var refusal = dossier.ForDecision.ShouldHaveSingleItem().ShouldBeOfType<RefusalMade>();
            (refusal.Kind, refusal.Senders, refusal.Channels, refusal.Topics).ShouldBe(
                ("objection", NameSet.Everything, NameSet.Everything, NameSet.Everything)
            );
        }
    }

    [Fact]
    public async Task Someone_who_came_back_has_a_dossier_and_the_suppression_still_stands_in_it()
    {
        await using var folder = await StoreFolder.CreateAsync();
        await folder.Store.EraseAsync(StoreFolder.Anna, Actor.Runner("dpo"), "");
        var back = new ConsentAnswered(StoreFolder.Day(2026, 3, 1), "form 9") { Act = "unticked-box", ServedHere = true };
        (
            await folder.Store.RecordAsync(StoreFolder.Anna, back, Actor.Runner("server").AsSystem(), despiteSuppression: true)
        ).Outcome.ShouldBe(AppendOutcome.Added);
        var all = new List<Dossier>();
        await foreach (var each in folder.Store.DossiersAsync())
            all.Add(each);
        var dossier = all.ShouldHaveSingleItem();
        dossier.State.ShouldBe(DossierState.Known);
        dossier.Suppressions.ShouldHaveSingleItem();
        dossier.ForDecision.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_legal_hold_refuses_an_erasure_until_it_is_lifted()
    {
        await using var folder = await StoreFolder.CreateAsync();
        await folder.Store.RecordAsync(StoreFolder.Anna, StoreFolder.Order(), Actor.Runner("import"));
        var hold = (await folder.Store.PlaceHoldAsync(StoreFolder.Anna, "claim 7")).ShouldNotBeNull();
        (await folder.Store.EraseAsync(StoreFolder.Anna, Actor.Runner("dpo"), "")).ShouldBeOfType<ErasureOutcome.Held>();
        (await folder.Store.LiftHoldAsync(StoreFolder.Anna, hold.Number)).ShouldBeTrue();
        (await folder.Store.EraseAsync(StoreFolder.Anna, Actor.Runner("dpo"), "")).ShouldBeOfType<ErasureOutcome.Erased>();
        (await folder.Store.PlaceHoldAsync(StoreFolder.Anna, "too late")).ShouldBeNull();
    }

    [Fact]
    public async Task Retention_names_who_has_been_idle()
    {
        await using var folder = await StoreFolder.CreateAsync();
        await folder.Store.RecordAsync(StoreFolder.Anna, StoreFolder.Order(), Actor.Runner("import"));
        folder.Clock.Advance(TimeSpan.FromDays(400));
        await folder.Store.RecordAsync(StoreFolder.Ben, StoreFolder.Order(), Actor.Runner("import"));
        var idle = (await folder.Store.IdleForAsync(TimeSpan.FromDays(365))).ShouldHaveSingleItem();
        idle.Id.ShouldBe((await folder.Store.FindAsync(StoreFolder.Anna)).Contact!.Value);
    }

    static int RefusalsThatStand(Dossier dossier)
    {
        var campaign = new Campaign("spring", "lantern-ltd", "email", new DateOnly(2026, 9, 1)) { Topics = ["lamps"] };
        return new FactFinder(new ControllerRecord([]), campaign, LegalDays.AsWritten)
            .Find(dossier.ForDecision, dossier.Address.Matching)
            .Of(Scope.Refusal)
            .Length;
    }

    [Fact]
    public async Task A_role_address_passes_nothing_on_and_two_of_its_readers_are_not_one_person()
    {
        await using var folder = await StoreFolder.CreateAsync();
        var clerk = Actor.Runner("clerk");
        var role = Address.Email("info@work.example").Required();
        foreach (var address in new[] { StoreFolder.Anna, StoreFolder.Ben })
            await folder.Store.RecordAsync(address, StoreFolder.Order(), clerk);
        await folder.Store.RecordAsync(role, new DetailsStated(StoreFolder.Day(2026, 1, 1), "row") { AddressKind = "role" }, clerk);
        await folder.Store.LinkAsync(StoreFolder.Anna, role, clerk);
        await folder.Store.RecordAsync(role, StoreFolder.OptOut("at the role"), clerk);
        await folder.Store.RecordAsync(StoreFolder.Anna, StoreFolder.OptOut("Anna's"), clerk);
        await folder.Store.LinkAsync(role, StoreFolder.Ben, clerk);
        RefusalsThatStand(await folder.Store.FindAsync(StoreFolder.Anna)).ShouldBe(1);
        RefusalsThatStand(await folder.Store.FindAsync(StoreFolder.Ben)).ShouldBe(0);
        RefusalsThatStand(await folder.Store.FindAsync(role)).ShouldBe(2);
    }
}
