using System.Collections.Immutable;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Import;

/// <summary>A list of opt-outs imported by mistake is taken back by two people; nobody's own request is lost by it.</summary>
public sealed class TakingBackTests
{
    const string Mistaken = "address,when,topics\na@example.com,2025-06-02,\nb@example.com,2025-06-02,\nc@example.com,2025-06-02,\n";

    static readonly Actor Officer = Actor.Runner("officer"),
        Director = Actor.Runner("director");

    static ImportOptions Refusals => new() { Format = "refusals" };

    static async Task<bool> IsStoppedAsync(ImportBench bench, string address) =>
        (await bench.Store.StandingAsync(Address.Email(address).Required())).Count > 0;

    static async Task<string> ImportAsync(ImportBench bench, string name, string text)
    {
        await bench.ImportAsync(bench.Write(name, text), Refusals);
        return (await new TakingBack(bench.Store).AllAsync())[^1].Import.Id;
    }

    static async Task TakeBackAsync(ImportBench bench, string import)
    {
        var taking = new TakingBack(bench.Store);
        var proposal = (await taking.ProposeAsync(import, "the wrong list", Officer))!;
        (await taking.AgreeAsync(proposal.Id, Director)).ShouldNotBeNull();
    }

    [Fact]
    public async Task What_was_proposed_against_a_rule_ends_no_rule_that_was_made_since()
    {
        await using var bench = await ImportBench.CreateAsync();
        var (taking, domains) = (new TakingBack(bench.Store), new RefusedDomains(bench.Store));
        (await domains.RefuseAsync("firm.example", "letter", Officer)).ShouldBeTrue();
        var (first, second) = (
            (await taking.ProposeDomainAsync("firm.example", "a misreading", Officer))!,
            (await taking.ProposeDomainAsync("firm.example", "they wrote again", Officer))!
        );
        (await taking.DomainsProposedAsync())["firm.example"].Id.ShouldBe(second.Id);
        (await taking.AgreeAsync(second.Id, Director)).ShouldNotBeNull();
        (await domains.AllAsync()).ShouldBeEmpty();
        // The firm asks again, and means it.
        (await domains.RefuseAsync("firm.example", "phone", Officer)).ShouldBeTrue();
        (await taking.DomainsProposedAsync()).ShouldBeEmpty();
        foreach (var stale in new[] { first, second })
            (await taking.AgreeAsync(stale.Id, Director)).ShouldBeNull();
        (await domains.AllAsync()).ShouldHaveSingleItem().How.ShouldBe("phone");
        var fresh = (await taking.ProposeDomainAsync("firm.example", "closed down", Officer))!;
        (await taking.AgreeAsync(fresh.Id, Director)).ShouldNotBeNull();
        (await domains.AllAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_people_take_a_mistaken_list_back_and_what_was_asked_for_otherwise_stays()
    {
        await using var bench = await ImportBench.CreateAsync();
        var import = await ImportAsync(bench, "mistake.csv", Mistaken);
        await bench.Store.RecordAsync(
            Address.Email("b@example.com").Required(),
            new RefusalMade(When.Of(new DateOnly(2025, 7, 1)), "by phone") { Senders = NameSet.Everything, How = "phone" },
            Officer
        );
        var taking = new TakingBack(bench.Store);
        var proposal = (await taking.ProposeAsync(import, "the wrong list", Officer))!;
        (await taking.ReachAsync((await taking.AllAsync())[^1].Import)).ShouldBe(new TakeBackReach(3, 2));
        foreach (var address in new[] { "a@example.com", "b@example.com", "c@example.com" })
            (await IsStoppedAsync(bench, address)).ShouldBeTrue("a proposal changes nothing");
        await Should.ThrowAsync<NotEntitledException>(async () => await taking.AgreeAsync(proposal.Id, Actor.Runner(" OFFICER")));
        await Should.ThrowAsync<NotEntitledException>(async () => await taking.AgreeAsync(proposal.Id, new Actor("clerk", Rights.Record)));
        await taking.AgreeAsync(proposal.Id, Director);
        (await IsStoppedAsync(bench, "a@example.com")).ShouldBeFalse();
        (await IsStoppedAsync(bench, "b@example.com")).ShouldBeTrue();
        var taken = (await taking.AllAsync())[^1].Taken!;
        (taken.ProposedBy, taken.AgreedBy, taken.Reason).ShouldBe(("officer", "director", "the wrong list"));
        (await taking.ProposeAsync(import, "again", Officer)).ShouldBeNull();
    }

    [Fact]
    public async Task A_request_that_another_file_brings_too_stands_while_one_of_them_is_left()
    {
        await using var bench = await ImportBench.CreateAsync();
        var first = await ImportAsync(bench, "first.csv", Mistaken);
        var second = await ImportAsync(bench, "second.csv", "address,when,topics\na@example.com,2025-06-02,\n");
        await TakeBackAsync(bench, first);
        (await IsStoppedAsync(bench, "a@example.com")).ShouldBeTrue();
        (await IsStoppedAsync(bench, "c@example.com")).ShouldBeFalse();
        await TakeBackAsync(bench, second);
        (await IsStoppedAsync(bench, "a@example.com")).ShouldBeFalse();
        // A later file that says so is not taken for the one that was a mistake; nor is the same file, imported once more.
        await ImportAsync(bench, "third.csv", "address,when,topics\na@example.com,2025-06-02,\nd@example.com,2025-06-02,\n");
        (await IsStoppedAsync(bench, "a@example.com")).ShouldBeTrue();
        await ImportAsync(bench, "first.csv", Mistaken);
        (await IsStoppedAsync(bench, "c@example.com")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_file_read_anew_after_its_mistaken_reading_was_taken_back_stops_whom_it_names_and_each_reading_goes_alone()
    {
        await using var bench = await ImportBench.CreateAsync();
        var list = bench.Write("list.csv", "E-mail\na@example.com\n");
        ImportOptions By(string channel) =>
            new()
            {
                Format = "refusals",
                Layout = new CsvLayout
                {
                    Columns = ImmutableDictionary<string, string>.Empty.Add("address", "E-mail"),
                    Constants = ImmutableDictionary<string, string>.Empty.Add("channels", channel),
                },
            };
        async Task<bool> StopsMailAsync() =>
            (await bench.Store.StandingAsync(Address.Email("a@example.com").Required())).Any(one =>
                one.Channels is not { } channels || channels.Has("email")
            );
        await bench.ImportAsync(list, By("sms"));
        var first = (await new TakingBack(bench.Store).AllAsync()).ShouldHaveSingleItem().Import.Id;
        await TakeBackAsync(bench, first);
        (await StopsMailAsync()).ShouldBeFalse();
        await bench.ImportAsync(list, By("email"));
        (await StopsMailAsync()).ShouldBeTrue();
        // Once more in the same way is the same import.
        await bench.ImportAsync(list, By("email"));
        var all = await new TakingBack(bench.Store).AllAsync();
        all.Select(one => one.Taken is null).ShouldBe([false, true]);
        // The other way round: what was mistaken is taken back after the file was read rightly, and the right reading stays.
        await bench.ImportAsync(list, By("sms"));
        await TakeBackAsync(bench, (await new TakingBack(bench.Store).AllAsync())[^1].Import.Id);
        (await StopsMailAsync()).ShouldBeTrue();
        await TakeBackAsync(bench, all[^1].Import.Id);
        (await IsStoppedAsync(bench, "a@example.com")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_domain_that_asks_again_while_somebody_proposes_to_end_its_rule_keeps_it()
    {
        await using var bench = await ImportBench.CreateAsync();
        var (taking, domains) = (new TakingBack(bench.Store), new RefusedDomains(bench.Store));
        (await domains.RefuseAsync("firm.example", "letter", Officer)).ShouldBeTrue();
        (await domains.RefuseAsync("firm.example", "letter", Officer)).ShouldBeFalse("nobody has proposed anything");
        var proposal = (await taking.ProposeDomainAsync("firm.example", "a misreading", Officer))!;
        (await domains.RefuseAsync("firm.example", "letter", Officer)).ShouldBeTrue();
        (await taking.AgreeAsync(proposal.Id, Director)).ShouldBeNull();
        (await domains.AllAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Copies_at_linked_addresses_go_with_the_file_and_only_with_it()
    {
        await using var bench = await ImportBench.CreateAsync();
        var (a, other) = (Address.Email("a@example.com").Required(), Address.Email("a@work.example").Required());
        foreach (var address in new[] { a, other })
            await bench.Store.RecordAsync(address, new DetailsStated(When.Of(new DateOnly(2025, 1, 1)), "row"), Officer);
        await bench.Store.LinkAsync(a, other, Officer);
        var import = await ImportAsync(bench, "mistake.csv", Mistaken);
        (await IsStoppedAsync(bench, "a@work.example")).ShouldBeTrue();
        // Linked after the import, too.
        var late = Address.Email("a@late.example").Required();
        await bench.Store.RecordAsync(late, new DetailsStated(When.Of(new DateOnly(2025, 1, 1)), "row"), Officer);
        await bench.Store.LinkAsync(a, late, Officer);
        (await IsStoppedAsync(bench, "a@late.example")).ShouldBeTrue();
        await TakeBackAsync(bench, import);
        foreach (var address in new[] { "a@example.com", "a@work.example", "a@late.example" })
            (await IsStoppedAsync(bench, address)).ShouldBeFalse(address);
    }

    [Fact]
    public async Task A_consent_that_the_file_called_withdrawn_is_not_revived_and_the_decision_of_yesterday_is_replayed_as_it_was()
    {
        var day = new DateOnly(2025, 6, 2);
        ContactEntry[] entries =
        [
            new ConsentAnswered(When.Of(day), "c")
            {
                Act = "unticked-box",
                Withdrawn = When.Of(day.AddDays(9)),
                FromFile = "f",
            },
            new DetailsCollected(When.Of(day), "o") { Refused = true, FromFile = "f" },
            new RefusalMade(When.Of(day), "r") { FromFile = "g" },
        ];
        var left = TakenBackEntries.Without(entries, ["f"], ControllerRecord.Of([]));
        left.OfType<ConsentAnswered>().ShouldBeEmpty();
        left.OfType<DetailsCollected>().Single().Refused.ShouldBeNull();
        left.OfType<RefusalMade>().ShouldHaveSingleItem();
        await using var bench = await ImportBench.CreateAsync();
        var import = await ImportAsync(bench, "mistake.csv", Mistaken);
        var before = await bench.Store.FindAsync(Address.Email("a@example.com").Required());
        await TakeBackAsync(bench, import);
        var then = await bench.Store.ControllerAsync(Evidence.Ledger.AsKnown.UpTo(before.Position.ControllerSeq));
        then.TakenBackFiles.ShouldBeEmpty();
        (await bench.Store.ControllerAsync()).TakenBackFiles.ShouldNotBeEmpty();
    }
}

/// <summary>A row that names a whole domain binds the domain, or is told; it is never an address that nobody has.</summary>
public sealed class DomainImportTests
{
    [Fact]
    public async Task A_star_in_a_list_of_opt_outs_refuses_the_domain_and_two_people_end_it()
    {
        await using var bench = await ImportBench.CreateAsync();
        var list = bench.Write("s.csv", "address,when,topics\n*@firm.example,,\n@other.example,,\na@example.com,,\n");
        var plan = await bench.PlanAsync(list, new ImportOptions { Format = "refusals" });
        plan.Summary.Domains.ShouldBe(["firm.example", "other.example"]);
        (await bench.Store.ControllerAsync()).RefusedDomains.ShouldBeEmpty();
        await plan.ApplyAsync(Actor.Runner("clerk"));
        (await new RefusedDomains(bench.Store).AllAsync()).Select(rule => rule.Id).ShouldBe(["firm.example", "other.example"]);
        (await new RefusedDomains(bench.Store).CountAsync("example.com")).ShouldBe(1);
        var taking = new TakingBack(bench.Store);
        var proposal = (await taking.ProposeDomainAsync("firm.example", "they asked", Actor.Runner("officer")))!;
        await taking.AgreeAsync(proposal.Id, Actor.Runner("director"));
        (await bench.Store.ControllerAsync()).RefusedDomains.Keys.ShouldBe(["other.example"]);
    }

    [Theory, InlineData("refusals", "*@gmail.com"), InlineData("orders", "*@firm.example")]
    public async Task A_public_domain_or_another_kind_of_file_is_told_with_its_place(string format, string address)
    {
        await using var bench = await ImportBench.CreateAsync();
        var file = bench.Write("s.csv", $"address,when,context,from\n{address},2025-05-02,sale,recipient\n");
        if (format == "refusals")
            file = bench.Write("s.csv", $"address,when\n{address},2025-05-02\n");
        (await bench.ProblemsAsync(file, ImportBench.London with { Format = format })).ShouldHaveSingleItem().Place.Line.ShouldBe(2);
    }
}
