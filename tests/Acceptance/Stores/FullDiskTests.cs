namespace MaySend.Acceptance.Stores;

/// <summary>
/// What a command leaves behind when the disk it writes to has no room: a message, exit status 75, and nothing of what it began.
/// </summary>
public sealed class FullDiskTests
{
    [Theory]
    [InlineData("screen --data store --campaign spring --out out", "out/permitted.csv")]
    [InlineData("screen --in shop --campaign spring --out out", "out/report.html")]
    [InlineData("fridays --data store --campaign spring --out out", "out/fridays.csv")]
    [InlineData("list check monday/permitted.csv --data store --out out/still.csv", "out/still.csv")]
    [InlineData("export anna@example.com --data store --out out", "out/person.json")]
    public async Task Lists_that_the_disk_does_not_take_leave_what_was_there_and_nothing_half_written(string command, string written)
    {
        using var shell = await Shell.WithShopAsync();
        (await shell.RunAsync("screen --data store --campaign spring --out monday")).Status.ShouldBe(0);
        Directory.CreateDirectory(shell["out"]);
        File.WriteAllText(shell[written], "before");
        // Whatever is written here meets a disk without room.
        File.CreateSymbolicLink(shell[$"{written}.partial"], "/dev/full");

        var ended = await shell.RunAsync(command);

        ended.Status.ShouldBe(75, ended.Said);
        ended.Said.ShouldContain("No space left");
        Directory.GetFiles(shell["out"]).ShouldBe([shell[written]]);
        File.ReadAllText(shell[written]).ShouldBe("before");
    }

    [Theory]
    [InlineData("ledger backup --data store --out copy")]
    [InlineData("evidence-pack anna@example.com --data store --out copy")]
    public async Task A_folder_that_cannot_be_filled_is_not_there(string command)
    {
        using var shell = await Shell.WithShopAsync();
        (await shell.RunAsync("ask anna@example.com --data store --campaign spring")).Status.ShouldBe(0);
        // A law on file that cannot be copied, half way through.
        var law = Directory.EnumerateFiles(shell["store/law-archive"], "*.yaml", SearchOption.AllDirectories).Order().Last();
        File.Delete(law);
        File.CreateSymbolicLink(law, shell["gone"]);

        var ended = await shell.RunAsync(command);

        ended.Status.ShouldBe(75, ended.Said);
        Directory.GetFileSystemEntries(shell["."], "copy*").ShouldBeEmpty();
        if (command.Contains("backup"))
        {
            // The place of a backup may be a disk of its own, which stays where it is.
            Directory.CreateDirectory(shell["copy"]);
            (await shell.RunAsync(command)).Status.ShouldBe(75);
            Directory.GetFileSystemEntries(shell["copy"]).ShouldBeEmpty();
            File.WriteAllText(shell["copy/mine"], "mine");
            (await shell.RunAsync(command)).Status.ShouldBe(75);
            Directory.GetFileSystemEntries(shell["copy"]).ShouldBe([shell["copy/mine"]]);
        }
    }
}
