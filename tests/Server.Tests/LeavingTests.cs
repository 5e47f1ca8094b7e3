using MaySend.Ledger.Verify;
using MaySend.Reading;
using MaySend.Stores;
using MaySend.Stores.Checkpoints;

namespace MaySend.Server.Tests;

/// <summary>Checkpoints leave the machine, so that whoever has it all cannot write the past anew unseen.</summary>
public sealed class LeavingTests
{
    [Fact]
    public async Task Checkpoints_leave_at_an_interval_and_at_each_erasure_and_are_verified_where_they_are_kept()
    {
        await using var place = await KeepingPlace.StartAsync();
        await using var server = await StartAsync(place);
        await HoldsAsync(() => Left(server) == 3);
        (place.Kept.Count, Count(server, "other-disk.txt"), Count(server, "stamped.txt")).ShouldBe((1, 1, 1));

        (await server.Client.DeleteAsync($"/v1/people/{Running.Anna}?reason=asked")).IsSuccessStatusCode.ShouldBeTrue();
        await HoldsAsync(() => place.Kept.Count == 2 && Count(server, "stamped.txt") == 2);
        server.Clock.AdjustTime(server.Clock.GetUtcNow() + TimeSpan.FromMinutes(59));
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        await HoldsAsync(() => place.Kept.Count == 3 && Count(server, "other-disk.txt") == 3 && Count(server, "stamped.txt") == 3);

        var leaving = server.Part<LeavingCheckpoints>();
        var (kept, notRead) = await leaving.ReadBackAsync();
        notRead.ShouldBeEmpty();
        kept.Count.ShouldBe(3);
        var report = await EvidenceStores.VerifyAsync(
            server.Options.Location,
            EvidenceStores.VerifierKeys(server.Options.Location, server.Options.KeyFile),
            kept,
            server.Options.KeyFile,
            leaving.Places.Authorities
        );
        report.Findings.ShouldBeEmpty();
        (report.KeptCheckpoints, report.TimeStamps).ShouldBe((9, 3));
    }

    [Fact]
    public async Task A_place_that_is_away_stops_nothing_is_told_and_gets_the_next_one_when_it_is_back()
    {
        await using var place = await KeepingPlace.StartAsync();
        place.IsAway = true;
        await using var server = await StartAsync(place);
        await HoldsAsync(() => Left(server) == 1);
        var link = await server.LinkAsync();
        (await server.Public.PostAsync(link, null)).IsSuccessStatusCode.ShouldBeTrue();
        (await server.RefusalsAsync()).ShouldBe(1);
        var (status, ready) = await server.GetAsync("/health/ready");
        (status, ready.GetProperty("status").GetString()).ShouldBe((200, "ready"));
        ready.GetProperty("checkpointPlacesAway").GetInt32().ShouldBe(2);
        ready.ToString().ShouldNotContain("127.0.0.1", Case.Insensitive, "anybody may ask whether the server is ready");
        ready.TryGetProperty("checkpointAgeSeconds", out _).ShouldBeFalse("two places have none yet");

        place.IsAway = false;
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        await HoldsAsync(() => Left(server) == 3);
        place
            .Kept.Single()
            .ShouldBe(
                await File.ReadAllTextAsync(Path.Combine(server.Options.DataFolder, "other-disk.txt")),
                "the same, and no second one"
            );
        server.Clock.AdjustTime(server.Clock.GetUtcNow() + TimeSpan.FromSeconds(30));
        (await server.GetAsync("/health/ready")).Body.GetProperty("checkpointAgeSeconds").GetInt64().ShouldBe(90);
    }

    [Fact]
    public async Task What_an_auditor_would_not_believe_is_not_kept_as_a_time_stamp()
    {
        await using var place = await KeepingPlace.StartAsync();
        await using var another = await KeepingPlace.StartAsync();
        var folder = Directory.CreateTempSubdirectory("maysend-server-").FullName;
        var settings = place.Settings(folder);
        another.Settings(folder); // the certificate of another authority
        await File.WriteAllTextAsync(Path.Combine(folder, CheckpointPlaces.FileName), settings);
        await using var server = await StartAsync(place, folder);
        await HoldsAsync(() => server.Part<LeavingCheckpoints>().Standing()[^1].Fault is not null);
        server.Part<LeavingCheckpoints>().Standing()[^1].Fault!.ShouldContain("and no certificate you gave vouches for them");
        File.Exists(Path.Combine(folder, "stamped.txt")).ShouldBeFalse();
    }

    [Fact]
    public void Wrong_settings_are_named_all_at_once()
    {
        var folder = Directory.CreateTempSubdirectory("maysend-places-").FullName;
        var path = Path.Combine(folder, CheckpointPlaces.FileName);
        File.WriteAllText(
            path,
            """
            {"everyMinutes": 0, "files": ["relative.txt"], "endpoints": [{"url": "http://far.example/x", "tokenFile": "/none"}],
             "timeStamps": [{"url": "ftp://x"}]}
            """
        );
        Should.Throw<BadInputException>(() => CheckpointPlaces.Read(folder)).Problems.Count.ShouldBe(7);
        File.WriteAllText(path, """{"file": "x"}""");
        Should.Throw<BadInputException>(() => CheckpointPlaces.Read(folder));
        File.WriteAllText(path, "{}");
        Should.Throw<BadInputException>(() => CheckpointPlaces.Read(folder)).Message.ShouldContain("does not name a place");
        Directory.Delete(folder, recursive: true);
        CheckpointPlaces.Read(folder).All.ShouldBeEmpty();
    }

    static async Task<Running> StartAsync(KeepingPlace place)
    {
        var folder = Directory.CreateTempSubdirectory("maysend-server-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, CheckpointPlaces.FileName), place.Settings(folder));
        return await StartAsync(place, folder);
    }

    static Task<Running> StartAsync(KeepingPlace place, string folder) =>
        Running.StartAsync(
            folder,
            with: options =>
            {
                place.Clock = (Microsoft.Extensions.Time.Testing.FakeTimeProvider)options.Clock;
                return options;
            }
        );

    static int Left(Running server) => server.Part<LeavingCheckpoints>().Standing().Count(one => one is { At: not null, Fault: null });

    static int Count(Running server, string file) =>
        Path.Combine(server.Options.DataFolder, file) is var path && File.Exists(path) ? KeptCheckpoint.Read(ReadShared(path)).Count : 0;

    static string ReadShared(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return ""; // it is being written
        }
    }

    /// <summary>Waits for a state, however slow the machine is.</summary>
    static async Task HoldsAsync(Func<bool> state)
    {
        for (var tried = 0; !state(); tried++)
        {
            tried.ShouldBeLessThan(600);
            await Task.Delay(50);
        }
    }
}
