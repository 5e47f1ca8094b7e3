using MaySend.Evidence.Ledger.Identity;
using MaySend.Records;
using MaySend.Records.Screenings;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Server.Tests;

/// <summary>What stands between the worker that ends a screening and whoever deletes or erases at that moment.</summary>
public sealed class ScreeningRunsTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("screening-runs").FullName;
    readonly ScreeningRuns runs;

    public ScreeningRunsTests() => runs = new ScreeningRuns(new RecordsOptions { DataFolder = folder }, new FakeTimeProvider());

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Whoever_reads_that_a_screening_is_over_can_delete_it_at_that_moment()
    {
        for (var round = 0; round < 100; round++)
        {
            var run = Begun();
            var deleting = Task.Run(
                () =>
                {
                    while (runs.Find(run.Id) is not { IsOver: true })
                        Thread.Yield();
                    runs.Remove(run);
                },
                TestContext.Current.CancellationToken
            );
            runs.End(run with { State = ScreeningState.Done });
            await deleting;
            Directory.Exists(runs.Folder(run)).ShouldBeFalse();
            runs.Find(run.Id).ShouldBeNull();
        }
    }

    [Fact]
    public void What_is_over_is_over_on_disk_too_and_has_let_go_of_what_was_uploaded()
    {
        var run = Begun();
        File.WriteAllText(Path.Combine(runs.UploadFolder(run), "people.csv"), "address\nanna@example.com\n");
        runs.End(run with { State = ScreeningState.Done });

        Directory.Exists(runs.UploadFolder(run)).ShouldBeFalse();
        new ScreeningRuns(new RecordsOptions { DataFolder = folder }, new FakeTimeProvider())
            .Find(run.Id)!
            .State.ShouldBe(ScreeningState.Done);
    }

    [Fact]
    public void Whoever_is_erased_while_a_list_is_written_is_not_on_it_when_it_is_done()
    {
        var run = Begun();
        runs.Forget([Address.Read("anna@example.com").Address!]);
        var list = Path.Combine(runs.Folder(run), "permitted.csv");
        File.WriteAllText(list, "address,comment\nanna@example.com,x\nbert@example.com,y\n");
        runs.End(run with { State = ScreeningState.Done });

        File.ReadAllText(list).ShouldBe("address,comment\nbert@example.com,y\n");
    }

    [Fact]
    public void One_that_the_disk_does_not_take_has_failed_and_leaves_no_list_and_the_next_one_is_carried_out()
    {
        var run = Begun();
        File.WriteAllText(Path.Combine(runs.Folder(run), "permitted.csv"), "address\nanna@example.com\n");
        // In the place of the file that says how far it is: nothing can be put there.
        var file = Path.Combine(runs.Folder(run), "run.json");
        File.Delete(file);
        Directory.CreateDirectory(file);
        Should.NotThrow(() => runs.End(run with { State = ScreeningState.Done }));
        var found = runs.Find(run.Id)!;
        (found.State, found.Result).ShouldBe((ScreeningState.Failed, null));
        found.Problems.ShouldHaveSingleItem().ShouldStartWith("the screening could not be kept: ");
        runs.ListsOf(found).ShouldBeEmpty();
        Directory.Exists(runs.Folder(run)).ShouldBeFalse();

        var gone = runs.Prepare("test", "spring-2026", null, "everyone", isUploaded: true);
        runs.Ask(gone).ShouldBeTrue();
        runs.Waiting.TryRead(out _).ShouldBeTrue();
        Directory.Delete(runs.Folder(gone), recursive: true);
        runs.Begin(gone.Id, CancellationToken.None).ShouldBeNull();
        runs.Find(gone.Id)!.State.ShouldBe(ScreeningState.Failed);
        runs.Cancel(gone.Id, "test").ShouldBeFalse();

        var next = Begun();
        runs.End(next with { State = ScreeningState.Done });
        runs.Find(next.Id)!.State.ShouldBe(ScreeningState.Done);
    }

    [Fact]
    public void Whoever_is_erased_is_on_no_list_even_where_the_disk_takes_no_other()
    {
        var run = Begun();
        var (permitted, refused) = (Path.Combine(runs.Folder(run), "permitted.csv"), Path.Combine(runs.Folder(run), "refused.csv"));
        File.WriteAllText(permitted, "address\nanna@example.com\n");
        File.WriteAllText(refused, "address\nbert@example.com\n");
        runs.End(run with { State = ScreeningState.Done });
        foreach (var list in new[] { permitted, refused })
            File.CreateSymbolicLink($"{list}.partial", "/dev/full");

        runs.Forget([Address.Read("anna@example.com").Address!]).ShouldBe(1);
        File.Exists(permitted).ShouldBeFalse();
        File.ReadAllText(refused).ShouldBe("address\nbert@example.com\n");
        runs.ListsOf(runs.Find(run.Id)!).ShouldBe(["refused"]);
    }

    [Fact]
    public void A_program_that_starts_beside_another_leaves_alone_what_that_one_is_at()
    {
        var run = Begun();
        var (uploaded, half) = (
            Path.Combine(runs.UploadFolder(run), "people.csv"),
            Path.Combine(runs.Folder(run), "permitted.csv.partial")
        );
        File.WriteAllText(uploaded, "address\nanna@example.com\n");
        File.WriteAllText(half, "address\nanna@exam");

        new ScreeningRuns(new RecordsOptions { DataFolder = folder }, new FakeTimeProvider())
            .Find(run.Id)!
            .State.ShouldBe(ScreeningState.Failed);
        (File.Exists(uploaded), File.Exists(half)).ShouldBe((true, true));
        runs.End(run with { State = ScreeningState.Done });
        runs.Find(run.Id)!.State.ShouldBe(ScreeningState.Done);
    }

    [Fact]
    public async Task The_room_that_screenings_take_is_counted_while_others_come_and_go()
    {
        var counting = Task.Run(
            () =>
            {
                for (var count = 0; count < 300; count++)
                    runs.HasRoom.ShouldBeTrue();
            },
            TestContext.Current.CancellationToken
        );
        while (!counting.IsCompleted)
        {
            var run = Begun();
            await File.WriteAllTextAsync(
                Path.Combine(runs.UploadFolder(run), "people.csv"),
                "address\n",
                TestContext.Current.CancellationToken
            );
            runs.End(run with { State = ScreeningState.Done });
            runs.Remove(run);
        }
        await counting;
    }

    ScreeningRun Begun()
    {
        var run = runs.Prepare("test", "spring-2026", null, "everyone", isUploaded: true);
        runs.Ask(run).ShouldBeTrue();
        runs.Waiting.TryRead(out _).ShouldBeTrue();
        return runs.Begin(run.Id, CancellationToken.None)!.Value.Run;
    }
}
