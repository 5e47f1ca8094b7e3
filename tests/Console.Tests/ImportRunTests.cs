using System.Net;
using System.Text;
using System.Text.Json;
using MaySend.Console.Access;
using MaySend.Console.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Records;
using MaySend.Records.Imports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Console.Tests;

/// <summary>A file is read and recorded in the background: one sees how far it is and can stop it.</summary>
public sealed class ImportRunTests
{
    const string Stops = "address,id,when,senders\ncleo@example.com,r1,2026-05-02,\nben@example.com,r2,2026-05-03,\n";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_that_waits_for_its_turn_shows_how_far_it_is_and_can_be_stopped()
    {
        await using var own = await OwnConsole.StartAsync();
        var (staged, runs) = (own.Services.GetRequiredService<StagedImports>(), own.Services.GetRequiredService<ImportRuns>());
        var turn = new TaskCompletionSource<bool>();
        var others = Enumerable.Range(0, 2).Select(_ => staged.ReadAsync(() => turn.Task, Stop)).ToList();
        var file = await TakeAsync(staged);
        using var marketer = await own.SignInAsync(Role.Marketer);
        var page = $"/console/imports/{file.Id}";
        var shown = await marketer.Http.GetStringAsync(page, Stop);
        shown.ShouldContain($"data-progress=\"{page}/progress\"");
        shown.ShouldContain("Waiting for its turn");
        shown.ShouldNotContain("How it is read", Case.Sensitive, "nothing is chosen while it is being read");
        using (var progress = JsonDocument.Parse(await marketer.Http.GetStringAsync($"{page}/progress", Stop)))
            progress.RootElement.GetProperty("isOver").GetBoolean().ShouldBeFalse();
        await own.AddUserAsync("another", Role.Marketer);
        using (var another = await own.SignInAsync("another"))
            (await another.Http.GetAsync($"{page}/progress", Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound, "it is not theirs");
        var token = await marketer.TokenAsync("/console/imports");
        var stopped = await marketer.Http.PostAsync(
            page,
            new FormUrlEncodedContent([new("_handler", "stop"), new("__RequestVerificationToken", token)]),
            Stop
        );
        WebUtility.HtmlDecode(await stopped.Content.ReadAsStringAsync(Stop)).ShouldContain("Reading it was stopped. Nothing was recorded.");
        runs.Find(file.Id)!.IsStopped.ShouldBeTrue();
        turn.SetResult(true);
        await Task.WhenAll(others);
        (await marketer.Http.GetStringAsync(page, Stop)).ShouldContain("How it is read");
    }

    [Fact]
    public async Task The_rate_and_what_is_left_are_those_of_the_phase()
    {
        await using var own = await OwnConsole.StartAsync();
        var clock = new FakeTimeProvider();
        using var staged = new StagedImports(new RecordsOptions { DataFolder = own.Data }, clock);
        var turn = new TaskCompletionSource<bool>();
        var others = Enumerable.Range(0, 2).Select(_ => staged.ReadAsync(() => turn.Task, Stop)).ToList();
        await using var runs = new ImportRuns(staged, own.Store, clock, NullLogger<ImportRuns>.Instance);
        var run = runs.Look(await TakeAsync(staged), "as it is", new ImportOptions { Format = "refusals" }, TimeSpan.FromHours(1));
        run.Report(new("reading", 4096, null));
        clock.Advance(TimeSpan.FromSeconds(1));
        run.Report(new("reading", 8192, null));
        ImportProgressAnswer.Words(run).ShouldBe("Reading: 8,192 rows · 4,096 a second");
        run.Report(new("comparing", 1000, 10_000));
        ImportProgressAnswer.Words(run).ShouldBe("Comparing with what is on record: 1,000 of 10,000 rows");
        clock.Advance(TimeSpan.FromSeconds(2));
        run.Report(new("comparing", 5000, 10_000));
        ImportProgressAnswer
            .Words(run)
            .ShouldBe("Comparing with what is on record: 5,000 of 10,000 rows · 2,000 a second · about 3 seconds left");
        turn.SetResult(true);
        await Task.WhenAll(others);
        await runs.WaitAsync(run, TimeSpan.FromMinutes(1), Stop);
        run.Plan!.Summary.ToAdd.ShouldBe(2);
        clock.Advance(TimeSpan.FromMinutes(2));
        ImportRun Again(TimeSpan reused) => runs.Look(run.File, "as it is", new ImportOptions { Format = "refusals" }, reused);
        Again(TimeSpan.FromHours(1)).ShouldBeSameAs(run);
        var afresh = Again(TimeSpan.FromMinutes(1));
        afresh.ShouldNotBeSameAs(run, "what is on record may have changed since");
        await runs.WaitAsync(afresh, TimeSpan.FromMinutes(1), Stop);
    }

    [Fact]
    public async Task What_would_stop_more_people_than_were_seen_is_not_recorded()
    {
        await using var own = await OwnConsole.StartAsync();
        await own.Store.RecordAsync(
            new SenderDeclared("shop") { Name = "Shop Ltd", Establishment = "gb" },
            Actor.Runner("set-up"),
            cancellation: Stop
        );
        var (staged, runs) = (own.Services.GetRequiredService<StagedImports>(), own.Services.GetRequiredService<ImportRuns>());
        var file = await TakeAsync(staged);
        var options = new ImportOptions { Format = "refusals" };
        var looked = runs.Look(file, "as it is", options, TimeSpan.FromHours(1));
        await runs.WaitAsync(looked, TimeSpan.FromMinutes(1), Stop);
        var seen = looked.Plan!.Summary;
        seen.NewlyStopped.ShouldBe(0, "nobody of it is on record");
        runs.Look(file, "as it is", options, TimeSpan.FromHours(1)).ShouldBeSameAs(looked, "the last look stands");
        runs.Look(file, "another way", options, TimeSpan.FromHours(1)).ShouldNotBeSameAs(looked);
        var ben = Address.Read("ben@example.com").Required();
        await own.Store.RecordAsync(
            ben,
            new DetailsStated(When.Of(new DateOnly(2026, 1, 5)), "details"),
            Actor.Runner("set-up"),
            cancellation: Stop
        );
        var recording = runs.Record(file, "as it is", options, seen, Actor.Runner("vera")).ShouldNotBeNull();
        await runs.WaitAsync(recording, TimeSpan.FromMinutes(1), Stop);
        (recording.HasChanged, recording.Outcome).ShouldBe((true, null));
        (await own.Store.StandingAsync(ben, Stop)).ShouldBeEmpty();
        var again = runs.Look(file, "as it is", options, TimeSpan.FromHours(1));
        await runs.WaitAsync(again, TimeSpan.FromMinutes(1), Stop);
        again.Plan!.Summary.NewlyStopped.ShouldBe(1);
        var recorded = runs.Record(file, "as it is", options, again.Plan.Summary, Actor.Runner("vera")).ShouldNotBeNull();
        await runs.WaitAsync(recorded, TimeSpan.FromMinutes(1), Stop);
        recorded.Outcome!.Added.ShouldBe(2);
        (await own.Store.StandingAsync(ben, Stop)).ShouldHaveSingleItem();
        staged.Find(file.Id).ShouldBeNull("what is on record is not kept beside it");
    }

    [Fact]
    public async Task A_store_that_is_away_breaks_a_recording_off_and_recording_it_again_completes_it()
    {
        await using var own = await OwnConsole.StartAsync();
        var (staged, runs) = (own.Services.GetRequiredService<StagedImports>(), own.Services.GetRequiredService<ImportRuns>());
        var file = await TakeAsync(staged);
        var options = new ImportOptions { Format = "refusals" };
        var looked = runs.Look(file, "as it is", options, TimeSpan.FromHours(1));
        await runs.WaitAsync(looked, TimeSpan.FromMinutes(1), Stop);
        own.Ledger.IsAway = true;
        var broken = runs.Record(file, "as it is", options, looked.Plan!.Summary, Actor.Runner("vera")).ShouldNotBeNull();
        await runs.WaitAsync(broken, TimeSpan.FromMinutes(1), Stop);
        (broken.IsBroken, broken.Outcome).ShouldBe((true, null));
        staged.Find(file.Id).ShouldNotBeNull("nothing of it is lost");
        own.Ledger.IsAway = false;
        using var marketer = await own.SignInAsync(Role.Marketer);
        WebUtility
            .HtmlDecode(await marketer.Http.GetStringAsync($"/console/imports/{file.Id}", Stop))
            .ShouldContain("Recording broke off, because the store or the disk did not answer.");
        var complete = runs.Record(file, "as it is", options, looked.Plan.Summary, Actor.Runner("vera")).ShouldNotBeNull();
        await runs.WaitAsync(complete, TimeSpan.FromMinutes(1), Stop);
        complete.Outcome!.Added.ShouldBe(2);
    }

    static async Task<StagedImport> TakeAsync(StagedImports staged)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(Stops));
        return (await staged.TakeAsync(stream, "people-may.csv", Role.Marketer, Stop)).ShouldNotBeNull();
    }
}
