using MaySend.Evidence;
using MaySend.Records;
using MaySend.Records.OptOuts;

namespace MaySend.Server.Tests.OptOut;

public sealed class SpoolTests : IDisposable
{
    static readonly DateTimeOffset At = new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);

    readonly string folder = Directory.CreateTempSubdirectory("maysend-spool-").FullName;

    string File0 => Path.Combine(folder, "opt-outs.spool");

    RecordsOptions Options => new() { DataFolder = folder };

    static OptOutRequest Request(int number) => new(number.ToString("x32"), 1, number.ToString("x16"), OptOutExtent.Link, "", At);

    [Fact]
    public async Task A_line_torn_by_a_crash_does_not_swallow_the_next_wish()
    {
        using (var spool = new Spool(Options))
            spool.Add(Request(1));
        await File.AppendAllTextAsync(File0, """{"contact":"00000000000000000000000000000002","sco""");
        using (var spool = new Spool(Options))
            spool.Add(Request(3));
        (await DrainedAsync()).ShouldBe([Request(1), Request(3)]);
    }

    [Fact]
    public async Task A_whole_wish_that_only_lacks_its_end_of_line_is_kept()
    {
        using (var spool = new Spool(Options))
            spool.Add(Request(1));
        await using (var file = new FileStream(File0, FileMode.Open))
            file.SetLength(file.Length - 1);
        using (var spool = new Spool(Options))
            spool.Add(Request(2));
        (await DrainedAsync()).ShouldBe([Request(1), Request(2)]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    [InlineData(1000)]
    public async Task A_disk_that_fills_in_mid_write_leaves_no_half_line_and_is_not_taken_for_success(int room)
    {
        var isFull = false;
        using (
            var spool = new Spool(
                Options,
                (handle, octets, at) =>
                {
                    SpoolFile.ToDisk(handle, isFull ? octets[..Math.Min(room, octets.Length)] : octets, at);
                    if (isFull)
                        throw new IOException("No space left on device");
                }
            )
        )
        {
            spool.Add(Request(1));
            isFull = true;
            Should.Throw<IOException>(() => spool.Add(Request(2)));
            spool.Waiting.ShouldBe(1);
            isFull = false;
            spool.Add(Request(3));
        }
        (await File.ReadAllLinesAsync(File0)).Length.ShouldBe(2);
        (await DrainedAsync()).ShouldBe([Request(1), Request(3)]);
    }

    [Fact]
    public async Task The_spool_of_a_process_that_is_gone_is_drained_by_whoever_runs()
    {
        using (var first = new Spool(Options))
        using (var second = new Spool(Options))
        {
            first.Add(Request(1));
            second.Add(Request(2));
        }
        File.Exists(Path.Combine(folder, "opt-outs.1.spool")).ShouldBeTrue();
        (await DrainedAsync()).ShouldBe([Request(1), Request(2)]);
        (await DrainedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_spool_of_a_process_that_ends_later_is_drained_without_a_restart()
    {
        using var first = new Spool(Options);
        using (var second = new Spool(Options))
            second.Add(Request(2));
        List<OptOutRequest> recorded = [];
        await first.DrainAsync(request => Keep(recorded, request));
        recorded.ShouldBe([Request(2)]);
    }

    [Fact]
    public async Task The_spool_of_a_process_that_still_runs_is_left_to_it()
    {
        using var first = new Spool(Options);
        using var second = new Spool(Options);
        second.Add(Request(2));
        List<OptOutRequest> recorded = [];
        await first.DrainAsync(request => Keep(recorded, request));
        recorded.ShouldBeEmpty();
        await second.DrainAsync(request => Keep(recorded, request));
        recorded.ShouldBe([Request(2)]);
    }

    [Fact]
    public async Task On_a_full_disk_the_room_that_was_set_aside_takes_who_asks_then()
    {
        var isFull = false;
        SpoolFile.Writing disk = (handle, octets, at) =>
        {
            if (isFull && File.Exists(Path.Combine(folder, "opt-outs.reserve")))
                throw new IOException("No space left on device");
            SpoolFile.ToDisk(handle, octets, at);
        };
        using (var spool = new Spool(Options, disk))
        {
            spool.Probe().ShouldBeTrue();
            isFull = true;
            spool.Probe().ShouldBeFalse();
            spool.CanTake.ShouldBeTrue("room is set aside");
            spool.Add(Request(1));
            spool.CanTake.ShouldBeFalse("it has been given up");
            isFull = false;
            spool.Probe().ShouldBeTrue();
            spool.CanTake.ShouldBeTrue();
            File.Exists(Path.Combine(folder, "opt-outs.reserve")).ShouldBeTrue();
        }
        (await DrainedAsync()).ShouldBe([Request(1)]);
    }

    [Fact]
    public async Task One_wish_that_cannot_be_recorded_does_not_hold_up_the_others_and_waits_on()
    {
        using (var spool = new Spool(Options))
        {
            for (var number = 1; number <= 3; number++)
                spool.Add(Request(number));
            List<OptOutRequest> recorded = [];
            (
                await Should.ThrowAsync<AggregateException>(() =>
                    spool.DrainAsync(request =>
                        request == Request(1)
                            ? throw new LedgerUnavailableException(UnavailableBecause.Damaged, "entry 7 cannot be read")
                            : Keep(recorded, request)
                    )
                )
            ).InnerExceptions.Count.ShouldBe(1);
            recorded.ShouldBe([Request(2), Request(3)]);
            spool.Waiting.ShouldBe(1);
        }
        using var again = new Spool(Options);
        again.Waiting.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_store_that_is_away_is_asked_once_a_round_and_not_once_for_each_wish()
    {
        using var spool = new Spool(Options);
        for (var number = 0; number < 100; number++)
            spool.Add(Request(number));
        var asked = 0;
        await Should.ThrowAsync<AggregateException>(() =>
            spool.DrainAsync(_ => ++asked > 0 ? throw new LedgerUnavailableException(UnavailableBecause.Unreachable, "away") : default)
        );
        asked.ShouldBe(1);
        spool.Waiting.ShouldBe(100);
    }

    [Fact]
    public async Task What_is_added_while_the_spool_drains_is_neither_lost_nor_held_back()
    {
        using (var spool = new Spool(Options))
        {
            spool.Add(Request(1));
            await spool.DrainAsync(request =>
            {
                spool.Add(Request(2));
                spool.Add(request);
                return default;
            });
            spool.Waiting.ShouldBe(2, "the same request again may follow on an undo: it counts anew");
        }
        (await DrainedAsync()).ToHashSet().ShouldBe([Request(1), Request(2)], ignoreOrder: true);
    }

    [Fact]
    public async Task Adding_and_draining_from_many_threads_loses_nothing()
    {
        System.Collections.Concurrent.ConcurrentBag<OptOutRequest> recorded = [];
        using var spool = new Spool(Options);
        var adding = Parallel.ForAsync(
            0,
            400,
            (number, _) =>
            {
                spool.Add(Request(number));
                return default;
            }
        );
        var drains = 0;
        while (!adding.IsCompleted || spool.Waiting > 0)
        {
            await spool.DrainAsync(async request =>
            {
                await Task.Yield();
                recorded.Add(request);
            });
            drains++;
        }
        await adding;
        drains.ShouldBeGreaterThan(0);
        recorded.ToHashSet().Count.ShouldBe(400);
        new FileInfo(File0).Length.ShouldBe(0);
    }

    [Fact]
    public void The_same_wish_a_thousand_times_takes_the_room_of_one()
    {
        using var spool = new Spool(Options);
        for (var times = 0; times < 1000; times++)
            spool.Add(Request(1) with { At = At.AddSeconds(times) });
        spool.Add(Request(1) with { Extent = OptOutExtent.Everything });
        spool.Waiting.ShouldBe(2);
    }

    [Fact]
    public async Task A_line_that_is_no_wish_is_set_aside_for_a_person_and_not_thrown_away()
    {
        await File.WriteAllTextAsync(File0, "\0\0\0 not a request\n");
        using (var spool = new Spool(Options))
        {
            spool.Unreadable.ShouldBe(1);
            spool.Add(Request(1));
        }
        (await DrainedAsync()).ShouldBe([Request(1)]);
        (await File.ReadAllTextAsync(Path.Combine(folder, "opt-outs.unreadable"))).ShouldContain("not a request");
    }

    [Fact]
    public void The_spool_names_nobody_and_only_its_owner_reads_it()
    {
        using (var spool = new Spool(Options))
            spool.Add(Request(1));
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(File0).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    async Task<List<OptOutRequest>> DrainedAsync()
    {
        List<OptOutRequest> recorded = [];
        using var spool = new Spool(Options);
        await spool.DrainAsync(request => Keep(recorded, request));
        spool.Waiting.ShouldBe(0);
        return recorded;
    }

    static ValueTask Keep(List<OptOutRequest> recorded, OptOutRequest request)
    {
        recorded.Add(request);
        return default;
    }
}
