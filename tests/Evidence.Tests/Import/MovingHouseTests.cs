using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Store;
using MaySend.Evidence.Tests.Store;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Import;

public sealed class MovingHouseTests
{
    const string Header = "Email Address,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,UNSUB_TIME,UNSUB_REASON\n";

    [Fact]
    public async Task The_old_subscribed_file_after_the_opt_outs_revives_nobody()
    {
        await using var bench = await ImportBench.CreateAsync();
        await bench.ImportAsync(
            bench.Write(
                "unsubscribed_a.csv",
                Header + "anna@example.com,2020-01-01 10:00:00,,2020-01-01 10:00:00,,2024-06-01 10:00:00,\nben@example.com,,,,,,\n"
            )
        );
        var plan = await bench.PlanAsync(
            bench.Write(
                "subscribed_b.csv",
                Header + "anna@example.com,2025-09-01 10:00:00,,2025-09-01 10:05:00,192.0.2.1,,\nben@example.com,2025-09-01 10:00:00,,,,,\n"
            )
        );
        plan.Summary.Revived.ShouldBe(0);
        plan.Summary.ConflictCount.ShouldBe(2);
        var conflict = plan.Summary.Conflicts.Single(one => one.Address == "anna@example.com");
        (conflict.Row, conflict.ConsentWhen, conflict.RefusedWhen).ShouldBe((2, "2025-09-01T10:00:00+01:00", "2024-06-01T10:00:00+01:00"));
        plan.Summary.Conflicts.Single(one => one.Address == "ben@example.com").RefusedWhen.ShouldBeNull();
        await plan.ApplyAsync(Actor.Runner("clerk"));
        foreach (var address in new[] { "anna@example.com", "ben@example.com" })
            (await IsStoppedAsync(bench, address)).ShouldBeTrue(address);
    }

    [Fact]
    public async Task The_order_of_the_two_files_does_not_matter()
    {
        await using var bench = await ImportBench.CreateAsync();
        await bench.ImportAsync(
            bench.Write("subscribed_b.csv", Header + "anna@example.com,2025-09-01 10:00:00,,2025-09-01 10:05:00,192.0.2.1,,\n")
        );
        await bench.ImportAsync(bench.Write("unsubscribed_a.csv", Header + "anna@example.com,,,,,2024-06-01 10:00:00,\n"));
        (await IsStoppedAsync(bench, "anna@example.com")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_consent_earlier_than_the_stop_in_its_own_row_is_no_conflict_and_a_later_one_elsewhere_in_the_file_is()
    {
        await using var bench = await ImportBench.CreateAsync();
        var unsubscribed = (
            Name: "unsubscribed_a.csv",
            Text: Header
                + "anna@example.com,2020-01-01 10:00:00,,,,2024-06-01 10:00:00,\nben@example.com,2020-01-01 "
                + "10:00:00,,,,2024-06-01 10:00:00,\n"
        );
        var subscribed = (Name: "subscribed_a.csv", Text: Header + "Ben@Example.com,2025-01-01 10:00:00,,,,,\n");
        var conflict = (await bench.PlanAsync(bench.Zip("a.zip", subscribed, unsubscribed))).Summary.Conflicts.ShouldHaveSingleItem();
        (conflict.Address, conflict.RefusalId).ShouldBe(("Ben@Example.com", "in this file"));
    }

    [Fact]
    public async Task Someone_erased_stays_erased_when_the_file_comes_again()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.ZipOfSamples("audience.zip", "mailchimp/subscribed_email_audience_export_5f2c.csv");
        await bench.ImportAsync(path);
        await bench.Store.EraseAsync(StoreFolder.Anna, Actor.Runner("dpo"), "asked by letter");
        var plan = await bench.PlanAsync(path);
        (plan.Summary.Suppressed, plan.Summary.ToAdd, plan.Summary.Revived).ShouldBe((1, 0, 0));
        (await plan.ApplyAsync(Actor.Runner("clerk"))).ShouldBe(new ImportOutcome(0, 1, 1));
        var dossier = await bench.Store.FindAsync(StoreFolder.Anna);
        (dossier.State, dossier.Contact).ShouldBe((DossierState.Suppressed, null));
        dossier.ForDecision.ShouldHaveSingleItem().ShouldBeOfType<RefusalMade>().Senders.ShouldBe(NameSet.Everything);
    }

    [Fact]
    public async Task The_same_file_twice_and_a_newer_export_add_only_what_is_new()
    {
        await using var bench = await ImportBench.CreateAsync();
        var first = bench.Write("subscribed_a.csv", Header + "anna@example.com,2025-01-01 10:00:00,,,,,\n");
        await bench.ImportAsync(first);
        (await bench.ImportAsync(first)).ShouldBe(new ImportOutcome(0, 1, 0));
        var newer = bench.Write(
            "subscribed_b.csv",
            Header + "cara@example.com,2025-03-01 10:00:00,,,,,\n\nanna@example.com,2025-01-01 10:00:00,,,,,\n"
        );
        (await bench.ImportAsync(newer)).ShouldBe(new ImportOutcome(1, 1, 0));
        (await bench.EntriesAsync("anna@example.com")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_imported_and_how_is_on_the_controllers_record_once()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.Write("subscribed_a.csv", Header + "anna@example.com,2025-01-01 10:00:00,,,,,\n");
        await bench.ImportAsync(path);
        await bench.ImportAsync(path);
        var recorded = (await bench.Store.Ledger.ReadControllerAsync())
            .Where(entry => entry.Kind == "file-imported")
            .ShouldHaveSingleItem();
        var file = EntryJson.ReadController(recorded.Content!.Payload.Span).ShouldBeOfType<FileImported>();
        (file.FileName, file.Format, file.Rows, file.Choices["zone"]).ShouldBe(("subscribed_a.csv", "mailchimp", 1, "Europe/London"));
        file.Tables.Values.ShouldHaveSingleItem().ShouldBe((await bench.Store.FindAsync(StoreFolder.Anna)).Entries[0].Source!.FileDigest);
    }

    [Fact]
    public async Task A_run_that_broke_off_is_completed_by_running_it_again()
    {
        await using var bench = await ImportBench.CreateAsync();
        var rows = string.Concat(
            Enumerable
                .Range(0, 40000)
                .Select(i => $"p{i}@example.com,2025-01-01 10:00:00,,,,{(i % 10 == 0 ? "2025-02-01 10:00:00" : "")},\n")
        );
        var path = bench.Write("subscribed_a.csv", Header + rows);
        using var stop = new CancellationTokenSource();
        var plan = await bench.PlanAsync(path);
        var cut = new Cut(stop);
        await Should.ThrowAsync<OperationCanceledException>(() => plan.ApplyAsync(Actor.Runner("clerk"), cut, stop.Token));
        var half = (await bench.PlanAsync(path)).Summary;
        half.AlreadyThere.ShouldBeGreaterThan(250);
        half.ToAdd.ShouldBeGreaterThan(0);
        // Requests to stop went in first, through the whole file.
        half.ByGrade.Keys.ShouldNotContain(EvidenceGrade.Restriction);
        (await bench.ImportAsync(path)).Added.ShouldBe(half.ToAdd);
        (await bench.PlanAsync(path)).Summary.ToAdd.ShouldBe(0);
    }

    [Fact]
    public async Task A_file_that_changed_after_the_plan_is_not_imported()
    {
        await using var bench = await ImportBench.CreateAsync();
        var plan = await bench.PlanAsync(bench.Write("subscribed_a.csv", Header + "anna@example.com,2025-01-01 10:00:00,,,,,\n"));
        bench.Write("subscribed_a.csv", Header + "ben@example.com,2025-01-01 10:00:00,,,,,\n");
        (await Should.ThrowAsync<MaySend.Reading.BadInputException>(() => plan.ApplyAsync(Actor.Runner("clerk")))).Message.ShouldContain(
            "has changed"
        );
        (await bench.EntriesAsync("ben@example.com")).ShouldBeEmpty();
    }

    static async Task<bool> IsStoppedAsync(ImportBench bench, string address)
    {
        var campaign = new Campaign("spring", "lantern-ltd", "email", new DateOnly(2026, 9, 1)) { Topics = ["lamps"] };
        var facts = new FactFinder(new ControllerRecord([]), campaign, LegalDays.AsWritten).Find(
            await bench.EntriesAsync(address),
            address
        );
        return facts.Of(Scope.Refusal).Any(sheet => sheet[Refusal.Lifted] == Refusal.Lifted.Of("no"));
    }

    /// <summary>Cuts the run off in the second pass, after its first batch.</summary>
    sealed class Cut(CancellationTokenSource stop) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            if (value is { Phase: "recording", Rows: >= 1000 })
                stop.Cancel();
        }
    }
}
