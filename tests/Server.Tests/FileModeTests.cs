using MaySend.Stores.Checkpoints;

namespace MaySend.Server.Tests;

/// <summary>What the server writes is read by nobody else on the machine.</summary>
public sealed class FileModeTests
{
    [Fact]
    public async Task Every_file_and_folder_that_the_server_makes_is_its_owners_alone_and_those_of_an_older_build_become_so()
    {
        if (OperatingSystem.IsWindows())
            return;
        var folder = Path.Combine(Directory.CreateTempSubdirectory("maysend-server-").FullName, "data");
        // An older build left these for everybody to read.
        Directory.CreateDirectory(Path.Combine(folder, "console-keys"));
        await File.WriteAllTextAsync(Path.Combine(folder, "console.db"), "");
        File.SetUnixFileMode(Path.Combine(folder, "console.db"), (UnixFileMode)0b110_100_100);
        File.SetUnixFileMode(folder, (UnixFileMode)0b111_000_000);
        await File.WriteAllTextAsync(
            Path.Combine(folder, CheckpointPlaces.FileName),
            $$"""{"files": ["{{Path.Combine(folder, "kept.txt")}}"]}"""
        );
        File.SetUnixFileMode(Path.Combine(folder, CheckpointPlaces.FileName), (UnixFileMode)0b110_000_000);

        await using var server = await Running.StartAsync(folder);
        await server.Public.GetAsync("/console/setup");
        await server.PostAsync("/v1/refusals", """{"address": "bert@example.com", "how": "phone"}""");
        await server.GetAsync("/v1/evidence/bert@example.com");
        var (_, asked) = await server.PostAsync("/v1/screenings", """{"campaign": "spring-2026"}""");
        var id = asked.GetProperty("id").GetString();
        for (var tried = 0; (await server.GetAsync($"/v1/screenings/{id}")).Body.GetProperty("state").GetString() != "done"; tried++)
        {
            tried.ShouldBeLessThan(300);
            await Task.Delay(100);
        }
        server.Clock.Advance(TimeSpan.FromMinutes(2));

        var all = Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).ToList();
        foreach (
            var made in new[] { "console.db", "console-keys", "audit.db", "kept.txt", "checkpoints.left", "opt-outs.reserve", "screenings" }
        )
            all.ShouldContain(Path.Combine(folder, made));
        all.Where(IsOpenToOthers).ShouldBeEmpty();
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    static bool IsOpenToOthers(string path) => ((int)File.GetUnixFileMode(path) & 0b000_111_111) != 0;
}
