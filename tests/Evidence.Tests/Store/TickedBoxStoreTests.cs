using System.Collections.Immutable;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Evidence.Tests.Import;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Store;

/// <summary>A box ticked against mailings is a request to stop in everything that a store does with such requests.</summary>
public sealed class TickedBoxStoreTests
{
    static readonly Actor Officer = Actor.Runner("officer"),
        Director = Actor.Runner("director");
    static readonly DateOnly Day = new(2025, 6, 2);

    static Address At(string text) => Address.Email(text).Required();

    static DetailsCollected Order(string id, string? box) =>
        new(When.Of(Day), id)
        {
            ObtainedBy = "lantern-ltd",
            Point = "till",
            Boxes = box is null ? null : ImmutableSortedDictionary<string, bool>.Empty.Add(box, true),
        };

    static async Task<ImportBench> WithATillAsync()
    {
        var bench = await ImportBench.CreateAsync();
        await bench.Store.RecordAsync(
            new CollectionPointVersion("till@1", "till")
            {
                From = new DateOnly(2025, 1, 1),
                Boxes =
                [
                    new Box("quiet", BoxKind.OptOut) { TickedByDefault = false },
                    new Box("news", BoxKind.OptIn) { TickedByDefault = false },
                ],
                Signature = new Signature("officer", new DateOnly(2025, 1, 5), "photographs kept"),
            },
            Officer
        );
        return bench;
    }

    static async Task<bool> IsStoppedAsync(ImportBench bench, string address) => (await bench.Store.StandingAsync(At(address))).Count > 0;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_binds_at_every_address_of_the_person_and_a_box_for_news_does_not(bool linkedFirst)
    {
        await using var bench = await WithATillAsync();
        foreach (var address in new[] { "a@home.example", "a@work.example", "b@home.example", "b@work.example" })
            await bench.Store.RecordAsync(At(address), new DetailsStated(When.Of(Day), "row"), Officer);
        async Task LinkAsync()
        {
            (await bench.Store.LinkAsync(At("a@home.example"), At("a@work.example"), Officer)).ShouldBeTrue();
            (await bench.Store.LinkAsync(At("b@home.example"), At("b@work.example"), Officer)).ShouldBeTrue();
        }
        if (linkedFirst)
            await LinkAsync();
        await bench.Store.RecordAsync(At("a@home.example"), Order("o1", "quiet"), Officer);
        await bench.Store.RecordAsync(At("b@home.example"), Order("o2", "news"), Officer);
        if (!linkedFirst)
            await LinkAsync();
        (await IsStoppedAsync(bench, "a@home.example")).ShouldBeTrue();
        (await IsStoppedAsync(bench, "a@work.example")).ShouldBeTrue();
        (await IsStoppedAsync(bench, "b@home.example")).ShouldBeFalse();
        (await IsStoppedAsync(bench, "b@work.example")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_tick_that_nobody_understands_holds_every_address_of_the_person_until_the_form_is_signed(bool linkedFirst)
    {
        await using var bench = await WithATillAsync();
        foreach (var address in new[] { "a@home.example", "a@work.example" })
            await bench.Store.RecordAsync(At(address), new DetailsStated(When.Of(Day), "row"), Officer);
        async Task LinkAsync() => (await bench.Store.LinkAsync(At("a@home.example"), At("a@work.example"), Officer)).ShouldBeTrue();
        if (linkedFirst)
            await LinkAsync();
        await bench.Store.RecordAsync(
            At("a@home.example"),
            Order("o1", "who knows") with
            {
                Context = "sale",
                From = "recipient",
            },
            Officer
        );
        if (!linkedFirst)
            await LinkAsync();
        await LinkAsync();
        (await IsHeldAsync(bench, "a@home.example")).ShouldBeTrue();
        (await IsHeldAsync(bench, "a@work.example")).ShouldBeTrue();
        var copy = await bench.OnlyAsync<DetailsCollected>("a@work.example");
        (copy.Context, copy.From, copy.Boxes!.Count).ShouldBe((null, null, 1));
        await SignAsync(bench, BoxKind.OptIn);
        (await IsHeldAsync(bench, "a@work.example")).ShouldBeFalse();
        (await FindAsync(bench, "a@work.example")).Of(Scope.Consent).ShouldBeEmpty("a yes belongs to the address at which it was given");
        (await FindAsync(bench, "a@work.example")).Of(Scope.Collection).ShouldBeEmpty("and so does the occasion");
        await SignAsync(bench, BoxKind.OptOut);
        (await IsStoppedAsync(bench, "a@work.example")).ShouldBeTrue();
    }

    [Fact]
    public async Task An_import_says_how_many_its_ticks_hold_and_what_to_sign()
    {
        await using var bench = await WithATillAsync();
        var path = bench.Write(
            "orders.csv",
            "address,id,when,from,obtained_by,context,products,point,boxes\n"
                + "f@home.example,1,2025-06-02T10:00:00Z,recipient,lantern-ltd,sale,C1,till,terms=yes\n"
                + "f@home.example,2,2025-06-03T10:00:00Z,recipient,lantern-ltd,sale,C1,till,terms=yes\n"
                + "g@home.example,3,2025-06-02T10:00:00Z,recipient,lantern-ltd,sale,C1,till,terms=no\n"
                + "h@home.example,4,2025-06-02T10:00:00Z,recipient,lantern-ltd,sale,C1,till,news=yes\n"
        );
        var plan = await bench.PlanAsync(path, ImportBench.London with { Format = "orders" });
        plan.Summary.Held.ShouldBe(1);
        var told = plan.Summary.NotUnderstood.ShouldHaveSingleItem();
        (told.Count, told.Examples[0]).ShouldBe((2, "orders.csv:2"));
        told.Text.ShouldBe(
            "no signed version of `till` lists the box `terms`, so whoever ticked it may have asked to stop and is not shown until "
                + "somebody signs one that does"
        );
        (await plan.ApplyAsync(Actor.Runner("clerk"))).Held.ShouldBe(1);
    }

    static async Task SignAsync(ImportBench bench, BoxKind kind) =>
        await bench.Store.RecordAsync(
            new CollectionPointVersion("till@1", "till")
            {
                From = new DateOnly(2025, 1, 1),
                Boxes = [new Box("who knows", kind) { TickedByDefault = false }],
                Signature = new Signature("officer", new DateOnly(2025, 1, 5), "photographs kept"),
            },
            Officer
        );

    static async Task<RecipientFacts> FindAsync(ImportBench bench, string address) =>
        new FactFinder(
            await bench.Store.ControllerAsync(),
            new Campaign("spring", "lantern-ltd", "email", new DateOnly(2026, 3, 10)) { Topics = ["news"] },
            LegalDays.AsWritten
        ).Find((await bench.Store.FindAsync(At(address))).ForDecision, address);

    static async Task<bool> IsHeldAsync(ImportBench bench, string address) =>
        (await FindAsync(bench, address)).Of(Scope.Refusal).Any(sheet => !sheet[Refusal.Senders].IsRecorded);

    [Theory]
    [InlineData("quiet", true)]
    [InlineData("Quiet", true)]
    [InlineData("what is this", true)]
    [InlineData("news", false)]
    [InlineData(null, false)]
    public async Task A_key_that_was_used_before_keeps_no_such_tick_out(string? box, bool isStop)
    {
        await using var bench = await WithATillAsync();
        NewEntry Keyed(ContactEntry entry) => new(At("c@home.example"), entry, Officer) { IdempotencyKey = "order-7" };
        await bench.Store.RecordKeyedAsync(Keyed(Order("o7", null)));
        var (_, isAnother) = await bench.Store.RecordKeyedAsync(Keyed(Order("o8", box)));
        isAnother.ShouldBeTrue();
        (await bench.EntriesAsync("c@home.example")).OfType<DetailsCollected>().Any(one => one.Id == "o8").ShouldBe(isStop);
    }

    [Fact]
    public async Task An_import_says_whom_its_ticks_would_stop_and_two_people_take_them_back()
    {
        await using var bench = await WithATillAsync();
        foreach (var address in new[] { "d@home.example", "e@home.example" })
            await bench.Store.RecordAsync(At(address), new DetailsStated(When.Of(Day), "row"), Officer);
        var path = bench.Write(
            "orders.csv",
            "address,id,when,from,obtained_by,context,products,point,boxes\n"
                + "d@home.example,1,2025-06-02T10:00:00Z,recipient,lantern-ltd,sale,C1,till,quiet=yes\n"
                + "e@home.example,2,2025-06-02T10:00:00Z,recipient,lantern-ltd,sale,C1,till,news=yes\n"
        );
        var options = ImportBench.London with { Format = "orders" };
        (await bench.PlanAsync(path, options)).Summary.ShouldSatisfyAllConditions(
            summary => summary.NewlyStopped.ShouldBe(1),
            summary => summary.Held.ShouldBe(0)
        );
        await bench.ImportAsync(path, options);
        (await IsStoppedAsync(bench, "d@home.example")).ShouldBeTrue();
        (await IsStoppedAsync(bench, "e@home.example")).ShouldBeFalse();
        var taking = new TakingBack(bench.Store);
        var import = (await taking.AllAsync()).ShouldHaveSingleItem().Import;
        (await taking.ReachAsync(import)).Freed.ShouldBe(1);
        var proposal = (await taking.ProposeAsync(import.Id, "test orders", Officer))!;
        await taking.AgreeAsync(proposal.Id, Director);
        (await IsStoppedAsync(bench, "d@home.example")).ShouldBeFalse();
        (await bench.EntriesAsync("d@home.example")).OfType<DetailsCollected>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_order_that_two_files_bring_keeps_its_tick_while_one_of_them_is_left()
    {
        await using var bench = await WithATillAsync();
        const string Orders =
            "address,id,when,from,obtained_by,context,products,point,boxes\n"
            + "f@home.example,7,2025-06-02T10:00:00Z,recipient,lantern-ltd,sale,C1,till,quiet=yes\n";
        var options = ImportBench.London with { Format = "orders" };
        var taking = new TakingBack(bench.Store);
        async Task<string> ImportAsync(string name, string more)
        {
            await bench.ImportAsync(bench.Write(name, Orders + more), options);
            return (await taking.AllAsync())[^1].Import.Id;
        }
        string[] imports =
        [
            await ImportAsync("may.csv", ""),
            await ImportAsync("june.csv", "g@home.example,8,2025-06-03T10:00:00Z,recipient,lantern-ltd,sale,C1,till,news=yes\n"),
        ];
        foreach (var (import, isLeft) in imports.Zip([true, false]))
        {
            await taking.AgreeAsync((await taking.ProposeAsync(import, "test orders", Officer))!.Id, Director);
            (await IsStoppedAsync(bench, "f@home.example")).ShouldBe(isLeft);
        }
    }
}
